"""Words for the blanks of `word_blanks.py` and `word_shapes.py`: paragraphs, tables, fields, pictures as Word writes them.

Where python-docx has no words for something, the XML stands here.
"""

import io
import struct
import zlib

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt

CENTER, RIGHT, BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' \
     'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ' \
     'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" ' \
     'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" ' \
     'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' \
     'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ' \
     'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" ' \
     'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" ' \
     'xmlns:w10="urn:schemas-microsoft-com:office:word"'
TEXT = ("Муниципальное бюджетное учреждение культуры просит рассмотреть вопрос о выделении средств на пополнение "
        "книжного фонда районной библиотеки, поскольку в минувшем году число читателей выросло на четверть, а новых "
        "поступлений стало меньше. Подробный расчёт и список изданий прилагаются; ответ просим направить до 15 ноября "
        "на имя директора. ")


def empty():
    """What python-docx begins with, without the second table of styles that Word 2010 wrote: it does not agree with the first, which audits tell."""
    d = docx.Document()
    for name, relation in list(d.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del d.part.rels[name]
    return d


def new(font="Times New Roman", size=14, mode=15, lang="ru-RU"):
    """An empty document on A4 with the margins of an official document."""
    d = empty()
    section = d.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style = d.styles["Normal"]
    style.font.name, style.font.size = font, Pt(size)
    fonts = style.element.rPr.rFonts
    for slot in ("w:cs", "w:eastAsia", "w:hAnsi"):
        fonts.set(qn(slot), font)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    language = d.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), lang)
    if mode:
        settings = d.settings.element
        old = settings.find(qn("w:compat"))
        settings.replace(old, parse_xml(
            f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
            f'w:uri="http://schemas.microsoft.com/office/word" w:val="{mode}"/><w:compatSetting '
            f'w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat>'))
    # The faces of the theme are on few machines; what they are replaced by differs between engines.
    for style in d.styles.element.findall(f".//{qn('w:rFonts')}"):
        for slot in list(style.attrib):
            style.attrib.pop(slot)
        for slot in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            style.set(qn(slot), font)
    return d


def p(d, text="", align=None, style=None, **run):
    """A paragraph whose run has these values."""
    made = d.add_paragraph(style=style)
    if align is not None:
        made.alignment = align
    if text:
        r = made.add_run(text)
        for name, value in run.items():
            if name == "size":
                r.font.size = Pt(value)
            else:
                setattr(r.font, name, value)
    return made


def picture(width=120, height=60, color=(31, 78, 121)):
    """A PNG of one colour."""
    row = b"\0" + bytes(color) * width
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
                      + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


def add(paragraph, xml):
    """XML into a paragraph or a run."""
    paragraph._element.append(parse_xml(xml.replace("NS", NS, 1)))


def field(paragraph, instruction, shown="1"):
    for kind in ("begin", None, "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind is None:
            add(run, f'<w:instrText NS xml:space="preserve"> {instruction} </w:instrText>')
        elif kind == "shown":
            run.text = shown
        else:
            add(run, f'<w:fldChar NS w:fldCharType="{kind}"/>')


def numbered(d, levels):
    """A list of its own; gives its number."""
    numbering = d.part.numbering_part.element
    number = 70 + len(numbering.findall(qn("w:num")))
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for i, (form, text, left, hanging, extra) in enumerate(levels))
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{xml}</w:abstractNum>')
    first = numbering.find(qn("w:num"))
    first.addprevious(abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
    return number


def item(d, number, level, text, align=BOTH):
    made = p(d, text, align)
    properties = made._element.get_or_add_pPr()
    own = properties.get_or_add_numPr()
    own.get_or_add_ilvl().val, own.get_or_add_numId().val = level, number
    return made


def body(d, count=3, indent=True):
    for _ in range(count):
        made = p(d, TEXT, BOTH)
        if indent:
            made.paragraph_format.first_line_indent = Cm(1.25)


def facing(d, text, **run):
    """A line whose two ends, parted by a tab, stand at both edges of the text: a post and a name, a place and a date."""
    made = p(d, text, **run)
    made.paragraph_format.tab_stops.add_tab_stop(Cm(16.5), WD_TAB_ALIGNMENT.RIGHT)
    return made


def page_of(paragraph, pages):
    """The number of the page and that of all pages, behind the words that the paragraph has."""
    field(paragraph, "PAGE")
    paragraph.add_run(" из ")
    field(paragraph, "NUMPAGES", pages)


def part(d, name, kind, xml):
    """A part that python-docx has no words for."""
    made = Part(PackURI(f"/word/{name}.xml"), f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml", xml.encode(), d.part.package)
    d.part.relate_to(made, kind)
    return made


def properties(made, xml):
    """A property of a paragraph, in its place by the schema."""
    el = made._element.get_or_add_pPr()
    el.append(parse_xml(xml.replace("NS", nsdecls("w"), 1)))
    el[:] = sorted(el, key=lambda child: ORDER.index(child.tag.split("}")[1]))


ORDER = ("pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens spacing ind "
         "contextualSpacing jc outlineLvl rPr sectPr").split()


def cells(row, texts):
    for cell, text in zip(row.cells, texts):
        cell.text = text


def merge(kind, cell):
    """`restart` or nothing: a cell merged with the one above."""
    value = f' w:val="{kind}"' if kind else ""
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vMerge {nsdecls("w")}{value}/>'))


def table(d, *rows, style="Table Grid"):
    """A table of texts."""
    made = d.add_table(len(rows), len(rows[0]), style=style)
    for row, texts in zip(made.rows, rows):
        cells(row, texts)
    return made


def repeated(row):
    """A row that stands above the table on each of its pages."""
    row._tr.get_or_add_trPr().append(parse_xml(f'<w:tblHeader {nsdecls("w")}/>'))


def shade(cell, fill):
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>'))


def note(d, made, text):
    """The only footnote of a document, called at the end of a paragraph: python-docx writes no notes."""
    small, raised = '<w:sz w:val="20"/>', '<w:sz w:val="20"/><w:vertAlign w:val="superscript"/>'
    part(d, "footnotes", RELATIONSHIP_TYPE.FOOTNOTES,
         f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
         '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
         f'<w:footnote w:id="1"><w:p><w:pPr><w:rPr>{small}</w:rPr></w:pPr><w:r><w:rPr>{raised}</w:rPr><w:footnoteRef/></w:r>'
         f'<w:r><w:rPr>{small}</w:rPr><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote></w:footnotes>')
    run = made.add_run()
    run.font.superscript = True
    add(run, '<w:footnoteReference NS w:id="1"/>')


def anchored(d, paragraph, body, cx, cy, h, v, behind=0, wrap="<wp:wrapNone/>"):
    add(paragraph.add_run(), f'<w:drawing NS><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" '
        f'behindDoc="{behind}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="{h[0]}">{h[1]}</wp:positionH><wp:positionV relativeFrom="{v[0]}">{v[1]}</wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>{wrap}<wp:docPr id="{paragraph._p.getparent().index(paragraph._p) + 90}" '
        f'name="Рисунок" descr="Эмблема"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{body[0]}">{body[1]}</a:graphicData></a:graphic>'
        f'</wp:anchor></w:drawing>')


def pic(d, cx, cy):
    part, _ = d.part.get_or_add_image(picture())
    return ("http://schemas.openxmlformats.org/drawingml/2006/picture",
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="7" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{part}"/><a:stretch>'
            f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>')


def box(text, cx, cy, line='<a:ln w="9525"><a:solidFill><a:srgbClr val="1F4E79"/></a:solidFill></a:ln>', size=24):
    return ("http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
            f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect">'
            f'<a:avLst/></a:prstGeom><a:noFill/>{line}</wps:spPr><wps:txbx><w:txbxContent>'
            + "".join(f'<w:p><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t>{t}</w:t></w:r></w:p>' for t in text.split("\n"))
            + '</w:txbxContent></wps:txbx><wps:bodyPr lIns="91440" tIns="45720" rIns="91440" bIns="45720"/></wps:wsp>')


OFFSET = "<wp:posOffset>{}</wp:posOffset>".format
ALIGN = "<wp:align>{}</wp:align>".format
