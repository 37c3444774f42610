"""输出格式：one file each, all fed by the same reports. Same reports, same bytes."""
