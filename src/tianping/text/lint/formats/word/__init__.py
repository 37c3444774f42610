"""Word 批注：the pieces by which ``formats.docx`` writes comments and ``formats.replies`` reads them back."""
