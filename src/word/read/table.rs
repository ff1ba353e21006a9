//! Tables: columns, spans, borders by the conflicts of cell, style and table, repeated heads.

use std::fmt::Write as _;

use super::css::{self, points};
use super::props::Props;
use super::reader::Reader;
use super::story::{StoryPlace, escaped_attribute, tag_of};
use super::styles::{StylePart, WordStyle};
use super::xml::{self, XmlEl};
use crate::diag::say;

/// The room beside the text of cells where nothing is said: 0.075 inch.
const CELL_MARGIN: f64 = 5.4;

/// What borders add to the width of a table, at most as a rule.
const HAIR: f64 = 1.0;

/// A cell and where it stands.
struct WordCell<'a> {
    el: XmlEl<'a>,
    props: Props,
    column: usize,
    span: usize,
    rows: usize,
    /// Whether it goes on with the cell above.
    continues: bool,
    /// Tags of the template before it and behind it, which repeat cells.
    tags: [String; 2],
}

struct RowOfCells<'a> {
    props: Props,
    cells: Vec<WordCell<'a>>,
    /// Columns that are left free before its cells.
    before: usize,
    /// It is no row but a tag between rows.
    tag: Option<&'a str>,
}

/// What holds for all cells of a table.
struct StyledTable<'t> {
    props: Props,
    style: Option<&'t WordStyle>,
    look: TableLook,
    rows: usize,
    columns: usize,
    /// The widths of its columns, as Word came to them when it saved the file.
    grid: Vec<f64>,
}

/// Which parts of its style a table shows (17.4.55).
#[derive(Debug, Clone, Copy)]
struct TableLook {
    first_row: bool,
    last_row: bool,
    first_column: bool,
    last_column: bool,
    rows: bool,
    columns: bool,
}

impl<'a> Reader<'a> {
    /// A table as markup.
    // Over 60 lines: columns, rows and cells share the table's properties.
    pub(super) fn table(&mut self, el: XmlEl<'a>, place: &StoryPlace) -> String {
        let own = Props::read(xml::child(el, "tblPr"));
        let styles = std::sync::Arc::clone(&self.styles);
        let id = own.get("tblStyle").filter(|id| styles.get(id).is_some());
        let id = id.or(styles.default_of("table"));
        let style = id.and_then(|id| styles.get(id));
        let mut props = style.map(|style| style.table.clone()).unwrap_or_default();
        props.over(&own);
        let mut rows = Vec::new();
        collect_rows(el, &mut rows);
        merge_down(&mut rows);
        let mut grid: Vec<f64> = xml::child(el, "tblGrid")
            .into_iter()
            .flat_map(|grid| xml::children(grid, "gridCol"))
            .map(|column| xml::attr(column, "w").and_then(xml::twips).unwrap_or(0.0))
            .collect();
        let columns = rows
            .iter()
            .flat_map(|row| row.cells.iter().map(|cell| cell.column + cell.span))
            .max()
            .unwrap_or(0);
        widths_of_cells(&rows, &mut grid, columns, place.width);
        // Within a cell a table that fits its content ends at the edge of the cell: the last column
        // is the narrower for it.
        let excess = grid.iter().sum::<f64>() - place.width - CELL_MARGIN;
        if place.depth > 0
            && own.get("tblLayout.type") != Some("fixed")
            && let Some(last) = grid.last_mut().filter(|last| excess > 0.0 && **last > 2.0 * excess)
        {
            *last -= excess;
        }
        let look = TableLook::read(&own);
        let table = StyledTable { style, look, rows: rows.len(), columns, grid, props };
        let around = self.table_frame(&own, table.width(), place);
        if around.is_none() && own.has_any("tblpPr.") {
            self.unshown.tell(say!("a table that text flows around"), &self.near.clone());
        }
        let css = self.table_css(&table, &rows, place);
        let mut out = format!("<table style=\"{}\">\n", escaped_attribute(&css));
        if !table.grid.is_empty() {
            out.push_str("<colgroup>");
            for width in &table.grid {
                let _ = write!(out, "<col style=\"width: {}\"/>", points(*width));
            }
            out.push_str("</colgroup>\n");
        }
        // Rows are repeated that stand at the top without a gap (17.4.78).
        let heads = rows.iter().take_while(|row| row.props.is_on("tblHeader")).count();
        // A table of heads alone has no body that they could stand above.
        let heads = if heads == rows.len() { 0 } else { heads };
        for (at, row) in rows.iter().enumerate() {
            match at {
                0 if heads > 0 => out.push_str("<thead>\n"),
                at if at == heads => out.push_str("<tbody>\n"),
                _ => {}
            }
            out.push_str(&self.row(&table, row, at, place));
            if at + 1 == heads {
                out.push_str("</thead>\n");
            }
        }
        if !rows.is_empty() {
            out.push_str("</tbody>\n");
        }
        out.push_str("</table>\n");
        match around {
            _ if rows.is_empty() => String::new(),
            Some(css) => format!("<div style=\"{css}\">\n{out}</div>\n"),
            None => out,
        }
    }

    /// The box of a table that text flows around (17.4.58); one as wide as the text has none.
    fn table_frame(&self, own: &Props, width: f64, place: &StoryPlace) -> Option<String> {
        // Beside a table that leaves less than an inch Word sets no text, so it stays in the flow.
        // On no page, in a cell, there is nothing to place it by.
        let beside = own.has_any("tblpPr.") && place.paged && width + 72.0 < place.width;
        let section = self.sections.get(self.section).filter(|_| beside)?;
        let mut frame = Props::default();
        // Said in the words of a text frame, which are the same but for their names, so that both
        // have one road.
        frame.set("framePr.w", (width * 20.0).to_string());
        for (name, of) in [
            ("hAnchor", "horzAnchor"),
            ("vAnchor", "vertAnchor"),
            ("x", "tblpX"),
            ("y", "tblpY"),
            ("xAlign", "tblpXSpec"),
            ("yAlign", "tblpYSpec"),
            // The later one wins: the left distance, if both are said.
            ("hSpace", "rightFromText"),
            ("hSpace", "leftFromText"),
            ("vSpace", "bottomFromText"),
        ] {
            if let Some(value) = own.get(&format!("tblpPr.{of}")) {
                frame.set(&format!("framePr.{name}"), value);
            }
        }
        super::frame::text_frame(&frame, section)
    }

    fn table_css(
        &self,
        table: &StyledTable<'_>,
        rows: &[RowOfCells<'_>],
        place: &StoryPlace,
    ) -> String {
        let props = &table.props;
        let whole = table.width();
        let mut css = String::new();
        if whole > 0.0 {
            let _ = write!(css, "table-layout: fixed; width: {}", points(whole));
        }
        let spacing = props.twips("tblCellSpacing.w").unwrap_or(0.0);
        if spacing > 0.0 {
            let _ = write!(
                css,
                "; border-collapse: separate; border-spacing: {}",
                // `tblCellSpacing` is what each cell keeps around itself, so between two there is
                // twice as much.
                points(spacing * 2.0)
            );
        }
        match props.get("jc") {
            Some("center") => css.push_str("; margin-left: auto; margin-right: auto"),
            Some("right" | "end") => css.push_str("; margin-left: auto"),
            _ => {
                let mut left = props.twips("tblInd.w").unwrap_or(0.0);
                // Before Word 2013 the text of the cells stood at the edge, not their borders.
                // Tables within cells stood by their borders always.
                if self.settings.compatibility < 15 && place.depth == 0 {
                    let first = rows.first().and_then(|row| row.cells.first());
                    left -= first.map_or(0.0, |cell| margin(table, cell, "left"));
                }
                if left != 0.0 {
                    let _ = write!(css, "; margin-left: {}", points(left));
                }
                // A table may stand out by the margins of its cells, as Word makes them: what it
                // says then begins and ends with the text around.
                let cells = rows.iter().map(|row| row.cells.as_slice()).find(|row| !row.is_empty());
                let beside = cells.and_then(|row| row.first().zip(row.last()));
                let room = beside.map_or(0.0, |(first, last)| {
                    margin(table, first, "left") + margin(table, last, "right") + HAIR
                });
                let excess = whole + left + HAIR - place.width;
                if excess > 0.0 && excess <= room + HAIR {
                    let _ = write!(css, "; margin-right: {}", points(-excess));
                }
            }
        }
        css.trim_start_matches("; ").to_owned()
    }

    fn row(
        &mut self,
        table: &StyledTable<'_>,
        row: &RowOfCells<'a>,
        at: usize,
        place: &StoryPlace,
    ) -> String {
        if let Some(tag) = row.tag {
            return format!("{tag}\n");
        }
        let mut css = String::new();
        if let Some(height) = row.props.twips("trHeight").filter(|height| *height > 0.0) {
            let _ = write!(css, "height: {}", points(height));
        }
        if row.props.is_on("cantSplit") {
            let gap = if css.is_empty() { "" } else { "; " };
            let _ = write!(css, "{gap}break-inside: avoid");
        }
        let style = if css.is_empty() { String::new() } else { format!(" style=\"{css}\"") };
        let mut out = format!("<tr{style}>\n");
        if row.before > 0 {
            let _ = writeln!(out, "<td class=\"empty\" colspan=\"{}\"></td>", row.before);
        }
        for cell in row.cells.iter().filter(|cell| !cell.continues) {
            out.push_str(&self.cell(table, row, cell, at, place));
        }
        // A row may have fewer cells than the table has columns; HTML would end its borders there,
        // too, but not its place.
        let end = row.cells.last().map_or(row.before, |cell| cell.column + cell.span);
        if end < table.columns {
            let _ = writeln!(out, "<td class=\"empty\" colspan=\"{}\"></td>", table.columns - end);
        }
        out.push_str("</tr>\n");
        out
    }

    // Over 60 lines: all that a cell has of its table, its style and itself.
    fn cell(
        &mut self,
        table: &StyledTable<'_>,
        row: &RowOfCells<'a>,
        cell: &WordCell<'a>,
        at: usize,
        place: &StoryPlace,
    ) -> String {
        let parts = table.parts(at, cell);
        let mut props = table.style.map(|style| style.cell.clone()).unwrap_or_default();
        parts.iter().for_each(|part| props.over(&part.cell));
        props.over(&cell.props);
        let borders = self.borders(table, cell, at, &parts);
        let mut css = String::new();
        let mut declare = |text: String| {
            let gap = if css.is_empty() { "" } else { "; " };
            let _ = write!(css, "{gap}{text}");
        };
        // Each side by itself: cells of one row seldom agree on all four.
        for (side, border) in ["top", "right", "bottom", "left"].iter().zip(&borders) {
            if let Some((_, line)) = border {
                declare(format!("border-{side}: {line}"));
            }
        }
        // Word's text keeps its place whatever borders its cell has.
        let room = |side: &str, border: &Option<(f64, String)>| {
            let half = border.as_ref().map_or(0.0, |(width, _)| width / 2.0);
            (margin(table, cell, side) - half).max(0.0)
        };
        let (left, right) = (room("left", &borders[3]), room("right", &borders[1]));
        let (top, bottom) = (margin(table, cell, "top"), margin(table, cell, "bottom"));
        declare(format!(
            "padding: {} {} {} {}",
            points(top),
            points(right),
            points(bottom),
            points(left)
        ));
        match props.get("vAlign") {
            Some("center") => declare("vertical-align: middle".to_owned()),
            Some("bottom") => declare("vertical-align: bottom".to_owned()),
            _ => {}
        }
        if let Some(fill) = css::fill(&props, &self.theme) {
            declare(format!("background-color: {fill}"));
        }
        if props.get("textDirection").is_some_and(|turn| turn != "lrTb" && turn != "lrTbV") {
            self.unshown.tell(say!("text that is turned within its cell"), &self.near.clone());
        }
        let mut inner = place.inside((table.width_of(cell) - left - right).max(1.0));
        inner.paragraph = table.style.map(|style| style.paragraph.clone()).unwrap_or_default();
        inner.run = table.style.map(|style| style.run.clone()).unwrap_or_default();
        for part in &parts {
            inner.paragraph.over(&part.paragraph);
            inner.run.over(&part.run);
        }
        let mut content = self.story(cell.el, &inner);
        let height = row.props.twips("trHeight").unwrap_or(0.0);
        if row.props.get("trHeight.hRule") == Some("exact") && height > 0.0 {
            // What is higher is cut off.
            let height = points((height - top - bottom).max(0.0));
            content = format!(
                "<div style=\"max-height: {height}; overflow: hidden\">\n{content}</div>\n"
            );
        }
        // Cells with the same look share a class, so that long tables do not repeat it in each.
        let class = self.classes.cell(&css);
        let [before, behind] = &cell.tags;
        let span = |name: &str, count: usize| match count {
            0 | 1 => String::new(),
            count => format!(" {name}=\"{count}\""),
        };
        format!(
            "{before}<td class=\"{class}\"{}{}>{content}</td>{behind}\n",
            span("colspan", cell.span),
            span("rowspan", cell.rows),
        )
    }

    /// The borders of a cell: top, right, bottom, left.
    fn borders(
        &self,
        table: &StyledTable<'_>,
        cell: &WordCell<'_>,
        at: usize,
        parts: &[&StylePart],
    ) -> [Option<(f64, String)>; 4] {
        let outer = [
            at == 0,
            cell.column + cell.span >= table.columns,
            // A cell that reaches down to the last row stands at the edge, wherever it begins.
            at + cell.rows.max(1) >= table.rows,
            cell.column == 0,
        ];
        let sides = ["top", "right", "bottom", "left"];
        let inner = ["insideH", "insideV", "insideH", "insideV"];
        std::array::from_fn(|i| {
            let (side, inside) = (sides[i], inner[i]);
            let own = format!("tcBorders.{side}");
            if cell.props.has(&own) {
                return css::border(&cell.props, &own, &self.theme);
            }
            // Of the parts of the style, the last that says something.
            for part in parts.iter().rev() {
                let within = format!("tcBorders.{inside}");
                let said = [own.as_str(), if outer[i] { "" } else { within.as_str() }];
                if let Some(key) = said.into_iter().find(|key| part.cell.has(key)) {
                    return css::border(&part.cell, key, &self.theme);
                }
            }
            let key = format!("tblBorders.{}", if outer[i] { side } else { inside });
            css::border(&table.props, &key, &self.theme)
        })
    }
}

impl StyledTable<'_> {
    fn width(&self) -> f64 {
        self.grid.iter().sum()
    }

    /// The width of the columns that a cell spans.
    fn width_of(&self, cell: &WordCell<'_>) -> f64 {
        let end = (cell.column + cell.span).min(self.grid.len());
        self.grid.get(cell.column..end).unwrap_or_default().iter().sum()
    }

    /// The parts of the style that a cell is in, the weakest first (17.7.6).
    fn parts(&self, row: usize, cell: &WordCell<'_>) -> Vec<&StylePart> {
        let Some(style) = self.style else { return Vec::new() };
        let look = self.look;
        let first_row = look.first_row && row == 0;
        // The only row of a table is its first one.
        let last_row = look.last_row && row + 1 == self.rows && !first_row;
        let first = look.first_column && cell.column == 0;
        let last = look.last_column && cell.column + cell.span >= self.columns;
        let band = |key: &str| self.props.number(key).map_or(1, |size| (size as usize).max(1));
        let odd = |at: usize, skipped: bool, size: usize| {
            (at.saturating_sub(usize::from(skipped)) / size).is_multiple_of(2)
        };
        // A heading row is not counted among the bands.
        let across = odd(row, look.first_row, band("tblStyleRowBandSize"));
        let down = odd(cell.column, look.first_column, band("tblStyleColBandSize"));
        let mut names = vec!["wholeTable"];
        if look.columns && !first && !last {
            names.push(if down { "band1Vert" } else { "band2Vert" });
        }
        if look.rows && !first_row && !last_row {
            names.push(if across { "band1Horz" } else { "band2Horz" });
        }
        for (is, name) in [
            (first, "firstCol"),
            (last, "lastCol"),
            (first_row, "firstRow"),
            (last_row, "lastRow"),
            (first_row && last, "neCell"),
            (first_row && first, "nwCell"),
            (last_row && last, "seCell"),
            (last_row && first, "swCell"),
        ] {
            if is {
                names.push(name);
            }
        }
        names.into_iter().filter_map(|name| style.parts.get(name)).collect()
    }
}

impl TableLook {
    fn read(props: &Props) -> Self {
        // Older files say it as bits of one number, newer ones by names; a name wins.
        let bits = props.get("tblLook").and_then(|look| u32::from_str_radix(look, 16).ok());
        let says = |name: &str, bit: u32| match props.get(&format!("tblLook.{name}")) {
            Some(value) => xml::is_on(value),
            None => bits.is_some_and(|bits| bits & bit != 0),
        };
        Self {
            first_row: says("firstRow", 0x20),
            last_row: says("lastRow", 0x40),
            first_column: says("firstColumn", 0x80),
            last_column: says("lastColumn", 0x100),
            rows: !says("noHBand", 0x200),
            columns: !says("noVBand", 0x400),
        }
    }
}

/// The room between a cell's edge and its text.
fn margin(table: &StyledTable<'_>, cell: &WordCell<'_>, side: &str) -> f64 {
    let usual = if matches!(side, "left" | "right") { CELL_MARGIN } else { 0.0 };
    cell.props
        .twips(&format!("tcMar.{side}.w"))
        .or_else(|| table.props.twips(&format!("tblCellMar.{side}.w")))
        .unwrap_or(usual)
}

fn collect_rows<'a>(el: XmlEl<'a>, rows: &mut Vec<RowOfCells<'a>>) {
    for child in el.children() {
        // A tag of the template that stands for a row (`{{#each}}` around it) is no row.
        if let Some(tag) = tag_of(child) {
            let (props, cells) = (Props::default(), Vec::new());
            rows.push(RowOfCells { props, cells, before: 0, tag: Some(tag) });
            continue;
        }
        match xml::name(child) {
            "tr" => {
                let own = xml::child(child, "trPr");
                // A row that was taken out, and that is what was accepted.
                if own.is_some_and(|own| xml::child(own, "del").is_some()) {
                    continue;
                }
                let props = Props::read(own);
                // The row begins so many columns to the right.
                let before = props.number("gridBefore").map_or(0, |count| count as usize);
                let mut cells = Vec::new();
                let mut column = before;
                collect_cells(child, &mut column, &mut cells);
                rows.push(RowOfCells { props, cells, before, tag: None });
            }
            "sdt" => {
                if let Some(content) = xml::child(child, "sdtContent") {
                    collect_rows(content, rows);
                }
            }
            "customXml" | "ins" | "moveTo" => collect_rows(child, rows),
            _ => {}
        }
    }
}

fn collect_cells<'a>(el: XmlEl<'a>, column: &mut usize, cells: &mut Vec<WordCell<'a>>) {
    let mut before = String::new();
    for child in el.children() {
        if let Some(tag) = tag_of(child) {
            before.push_str(tag);
        }
        match xml::name(child) {
            "tc" => {
                let own = xml::child(child, "tcPr");
                let props = Props::read(own);
                // The most columns that Word has is 63; a larger number is damage.
                let span = props.number("gridSpan").map_or(1, |n| (n as usize).clamp(1, 64));
                let continues = own
                    .and_then(|own| xml::child(own, "vMerge"))
                    .is_some_and(|el| xml::attr(el, "val") != Some("restart"));
                cells.push(WordCell {
                    el: child,
                    props,
                    column: *column,
                    span,
                    rows: 1,
                    continues,
                    tags: [std::mem::take(&mut before), String::new()],
                });
                *column += span;
            }
            "sdt" => {
                if let Some(content) = xml::child(child, "sdtContent") {
                    collect_cells(content, column, cells);
                }
            }
            "customXml" => collect_cells(child, column, cells),
            _ => {}
        }
    }
    if let Some(last) = cells.last_mut() {
        last.tags[1].push_str(&before);
    }
}

/// Counts how many rows each cell covers.
fn merge_down(rows: &mut [RowOfCells<'_>]) {
    for at in 0..rows.len() {
        for index in 0..rows[at].cells.len() {
            let (column, continues) =
                (rows[at].cells[index].column, rows[at].cells[index].continues);
            if continues {
                // Nothing above to go on with: it is a cell of its own.
                let above = at.checked_sub(1).and_then(|above| rows.get(above));
                let found = above.is_some_and(|row| row.cells.iter().any(|c| c.column == column));
                rows[at].cells[index].continues = found;
                continue;
            }
            let below = rows[at + 1..].iter().take_while(|row| {
                row.cells.iter().any(|cell| cell.column == column && cell.continues)
            });
            let count = 1 + below.count();
            rows[at].cells[index].rows = count;
        }
    }
}

/// Widths of columns: those of the grid, or what the cells say where it says nothing.
fn widths_of_cells(rows: &[RowOfCells<'_>], grid: &mut Vec<f64>, columns: usize, room: f64) {
    grid.truncate(columns.max(1));
    grid.resize(columns, 0.0);
    for cell in rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.span == 1) {
        let Some(place) = grid.get_mut(cell.column).filter(|width| **width <= 0.0) else {
            continue;
        };
        match (cell.props.get("tcW.type"), cell.props.twips("tcW.w")) {
            (Some("dxa") | None, Some(width)) => *place = width,
            (Some("pct"), _) => {
                let share = cell.props.number("tcW.w").unwrap_or(0.0);
                // Fiftieths of a per cent.
                *place = room * share / 5000.0;
            }
            _ => {}
        }
    }
    let known: f64 = grid.iter().sum();
    let missing = grid.iter().filter(|width| **width <= 0.0).count();
    if missing > 0 {
        // Columns of no known width share what is left; ten points keep a letter in each.
        let share = ((room - known) / missing as f64).max(10.0);
        grid.iter_mut().filter(|width| **width <= 0.0).for_each(|width| *width = share);
    }
}
