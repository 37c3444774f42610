"""退回表：the refused rows as they stood, the reason beside each — to be put right and sent in again."""

from __future__ import annotations

from io import BytesIO

from tianping.foundation.tables.table import TableRead

REASON, NUMBER = "拒收原因", "原行号"


def refused_as_xlsx(read: TableRead) -> bytes:
    """出退回表：the original headings stand first, so that the corrected table can be imported as it is."""
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("被拒的行")
    bold = book.add_format({"bold": True})
    at_fault = book.add_format({"bg_color": "#FFF2CC"})
    for column, header in enumerate((*read.headers, NUMBER, REASON)):
        sheet.write_string(0, column, header, bold)
    sheet.set_column(0, len(read.headers), 16)
    sheet.set_column(len(read.headers) + 1, len(read.headers) + 1, 80)
    by_row: dict[int, list[int]] = {}
    for place, refusal in enumerate(read.refused):
        by_row.setdefault(refusal.row, []).append(place)
    for line, (number, places) in enumerate(sorted(by_row.items()), start=1):
        refusals = [read.refused[place] for place in places]
        faulty = {header for refusal in refusals for header in refusal.header.split("、")}
        for column, text in enumerate(read.original(number)[: len(read.headers)]):
            style = at_fault if read.headers[column] in faulty else None
            sheet.write_string(line, column, text, style)  # never a formula, whatever it begins with
        sheet.write_number(line, len(read.headers), number)
        sheet.write_string(line, len(read.headers) + 1, "".join(refusal.sentence for refusal in refusals))
    sheet.freeze_panes(1, 1)
    book.close()
    return buffer.getvalue()
