"""Writes a grid of cells as the files that people have: CSV, TSV, XLSX, XLS, ODS, HTML, JSON lines. Each writer is by the format's own specification, XLS by xlwt."""

import json
import zipfile
from xml.sax.saxutils import escape, quoteattr

FORMATS = {"0": 1, "0%": 9, "dd.mm.yyyy": 164, "0000": 165, "@": 49, "General": 0}


class Cell:
    """What is seen, and what a workbook stores: a number with a format, or a formula with its value."""

    def __init__(self, text, number=None, form="General", formula=None, rich=False):
        self.text, self.number, self.form, self.formula, self.rich = text, number, form, formula, rich


class Sheet:
    """Rows of cells, where None is an empty one; merged areas are (top, left, bottom, right) from 0."""

    def __init__(self, name, rows, hidden=False):
        self.name, self.rows, self.hidden = name, rows, hidden
        self.merged, self.hidden_rows, self.hidden_columns, self.filtered = [], set(), set(), False

    def width(self):
        return max((len(row) for row in self.rows), default=0)


def letter(at):
    return letter(at // 26 - 1) + chr(65 + at % 26) if at > 25 else chr(65 + at)


def seen(row):
    return [cell.text if cell else "" for cell in row]


def delimited(path, sheet, encoding="utf-8", separator=";", first="", newline="\r\n"):
    def quoted(text):
        asks = any(sign in text for sign in (separator, '"', "\n"))
        return '"' + text.replace('"', '""') + '"' if asks else text

    # DOS has no such signs: who saves so has typed others.
    plain = str.maketrans("«»–—", '""--') if encoding == "cp866" else {}
    width = sheet.width()
    lines = [separator.join(map(quoted, [text.translate(plain) for text in seen(row)] + [""] * (width - len(row)))) for row in sheet.rows]
    path.write_bytes((first + newline.join(lines) + newline).encode(encoding))


def html(path, sheet, encoding="utf-8"):
    inside, spans = set(), {}
    for top, left, bottom, right in sheet.merged:
        spans[top, left] = f' colspan="{right - left + 1}" rowspan="{bottom - top + 1}"'
        inside |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)} - {(top, left)}
    out = [f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={encoding}"></head><body><table border="1">']
    for r, row in enumerate(sheet.rows):
        style = ' style="display:none"' if r in sheet.hidden_rows else ""
        cells = seen(row) + [""] * (sheet.width() - len(row))
        tags = [f"<td{spans.get((r, c), '')}>{escape(text).replace(chr(10), '<br>')}</td>" for c, text in enumerate(cells) if (r, c) not in inside]
        out.append(f"<tr{style}>{''.join(tags)}</tr>")
    path.write_bytes("\n".join([*out, "</table></body></html>"]).encode(encoding, "xmlcharrefreplace"))


def jsonl(path, keys, rows):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            record = {key: (cell.number if cell.number is not None and cell.form == "General" else cell.text) for key, cell in zip(keys, row) if cell}
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def xlsx(path, sheets, shared=True):
    texts = {}

    def at(text):
        return texts.setdefault(text, len(texts))

    def string(cell):
        space = ' xml:space="preserve"'
        if cell.rich and " " in cell.text:
            head, tail = cell.text.split(" ", 1)
            return f"<r><rPr><b/></rPr><t{space}>{escape(head)} </t></r><r><t{space}>{escape(tail)}</t></r>"
        return f"<t{space}>{escape(cell.text)}</t>"

    def written(r, c, cell):
        place, style = f'r="{letter(c)}{r + 1}"', f' s="{list(FORMATS).index(cell.form)}"'
        if cell.formula:
            kind = "" if cell.number is not None else ' t="str"'
            return f"<c {place}{style}{kind}><f>{escape(cell.formula)}</f><v>{escape(str(cell.number if cell.number is not None else cell.text))}</v></c>"
        if cell.number is not None:
            return f"<c {place}{style}><v>{cell.number!r}</v></c>"
        if shared:
            return f'<c {place}{style} t="s"><v>{at(string(cell))}</v></c>'
        return f'<c {place}{style} t="inlineStr"><is>{string(cell)}</is></c>'

    def sheet_xml(sheet):
        columns = "".join(f'<col min="{c + 1}" max="{c + 1}" width="9" hidden="1"/>' for c in sorted(sheet.hidden_columns))
        rows = []
        for r, row in enumerate(sheet.rows):
            cells = "".join(written(r, c, cell) for c, cell in enumerate(row) if cell)
            hidden = ' hidden="1"' if r in sheet.hidden_rows else ""
            if cells or hidden:
                rows.append(f'<row r="{r + 1}"{hidden}>{cells}</row>')
        merged = "".join(f'<mergeCell ref="{letter(a)}{t + 1}:{letter(b)}{u + 1}"/>' for t, a, u, b in sheet.merged)
        return (f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{f"<cols>{columns}</cols>" if columns else ""}'
                f"<sheetData>{''.join(rows)}</sheetData>{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>")

    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {f"xl/worksheets/sheet{n}.xml": sheet_xml(sheet) for n, sheet in enumerate(sheets, 1)}
    listed = "".join(f'<sheet name={quoteattr(s.name)} sheetId="{n}" r:id="rId{n}"{" state=" + quoteattr("hidden") if s.hidden else ""}/>' for n, s in enumerate(sheets, 1))
    parts["xl/workbook.xml"] = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>'
    links = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)] + [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    related = "".join(f'<Relationship Id="rId{n}" Type="{office}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(links, 1))
    parts["xl/_rels/workbook.xml.rels"] = f'<Relationships xmlns="{package}/relationships">{related}</Relationships>'
    parts["_rels/.rels"] = f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    own = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for code, n in FORMATS.items() if n > 163)
    xfs = "".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>' for n in FORMATS.values())
    parts["xl/styles.xml"] = (f'<styleSheet xmlns="{main}"><numFmts count="2">{own}</numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
                              f'<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{len(FORMATS)}">{xfs}</cellXfs></styleSheet>')
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{"".join(f"<si>{text}</si>" for text in texts)}</sst>'
    sheet_type, plain = "application/vnd.openxmlformats-officedocument.spreadsheetml", "application/xml"
    kinds = "".join(f'<Override PartName="/{name}" ContentType="{sheet_type}.{kind}+xml"/>' for name, kind in
                    [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles"), ("xl/sharedStrings.xml", "sharedStrings"), *((name, "worksheet") for name in parts if "sheets/" in name)])
    parts["[Content_Types].xml"] = (f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                                    f'<Default Extension="xml" ContentType="{plain}"/>{kinds}</Types>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)


def ods(path, sheets):
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'

    def written(sheet, r, c, cell):
        spans = [(u - t + 1, b - a + 1) for t, a, u, b in sheet.merged if (t, a) == (r, c)]
        span = f' table:number-rows-spanned="{spans[0][0]}" table:number-columns-spanned="{spans[0][1]}"' if spans else ""
        if not cell:
            return f"<table:table-cell{span}/>"
        value = f' office:value-type="float" office:value="{cell.number}"' if cell.number is not None else ' office:value-type="string"'
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n"))
        return f"<table:table-cell{span}{value}>{lines}</table:table-cell>"

    def table(sheet):
        rows = []
        for r, row in enumerate(sheet.rows):
            hidden = ' table:visibility="collapse"' if r in sheet.hidden_rows else ""
            cells = "".join(written(sheet, r, c, cell) for c, cell in enumerate(row)) or "<table:table-cell/>"
            rows.append(f"<table:table-row{hidden}>{cells}</table:table-row>")
        style = ' table:style-name="gone"' if sheet.hidden else ""
        return f"<table:table table:name={quoteattr(sheet.name)}{style}>{''.join(rows)}</table:table>"

    gone = '<office:automatic-styles><style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    content = f'<office:document-content {spaces} office:version="1.2">{gone}<office:body><office:spreadsheet>{"".join(map(table, sheets))}</office:spreadsheet></office:body></office:document-content>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", '<?xml version="1.0" encoding="UTF-8"?>' + content)


def xls(path, sheets):
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    styles = {form: xlwt.easyxf(num_format_str=form) for form in FORMATS}
    for sheet in sheets:
        made = book.add_sheet(sheet.name)
        made.visibility = int(sheet.hidden)
        inside = {(r, c) for t, a, u, b in sheet.merged for r in range(t, u + 1) for c in range(a, b + 1)}
        for r, row in enumerate(sheet.rows):
            if r in sheet.hidden_rows:
                made.row(r).hidden = True
            for c, cell in enumerate(row):
                if cell and (r, c) not in inside:
                    made.write(r, c, cell.text if cell.number is None else cell.number, styles[cell.form])
        for t, a, u, b in sheet.merged:
            cell = sheet.rows[t][a]
            made.write_merge(t, u, a, b, cell.text if cell.number is None else cell.number, styles[cell.form])
    book.save(str(path))
