//! Computed values: what the cascade gives to boxes, text, layout and the DOCX writer.
//!
//! All lengths are points (1/72 inch). A percentage that only layout can resolve stays in a
//! [`LengthPercentage`].

use std::sync::Arc;

use super::{Backdrop, Features, Grid, Shadow, Transform};
pub use crate::geometry::Sides;

use crate::diag::Span;
use crate::geometry::Size;

/// A length in points plus a percentage of a base that layout knows: `calc(10mm + 5%)`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LengthPercentage {
    /// The absolute part, in points.
    pub points: f64,
    /// The relative part, in percent of the base.
    pub percent: f64,
}

impl LengthPercentage {
    /// Nothing.
    pub const ZERO: Self = Self { points: 0.0, percent: 0.0 };

    /// An absolute length.
    pub const fn points(points: f64) -> Self {
        Self { points, percent: 0.0 }
    }

    /// A percentage.
    pub const fn percent(percent: f64) -> Self {
        Self { points: 0.0, percent }
    }

    /// The length for a base, both in points.
    pub fn resolve(self, base: f64) -> f64 {
        self.points + self.percent / 100.0 * base
    }
}

/// A length, a percentage, or `auto` (for `max-width` and `max-height`: `none`).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum LengthOrAuto {
    /// `auto` or `none`.
    #[default]
    Auto,
    /// A length or percentage.
    Set(LengthPercentage),
}

impl LengthOrAuto {
    /// The length for a base, or nothing for `auto`.
    pub fn resolve(self, base: f64) -> Option<f64> {
        match self {
            Self::Auto => None,
            Self::Set(value) => Some(value.resolve(base)),
        }
    }
}

/// An sRGB colour with alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
    pub alpha: u8,
}

impl Color {
    /// Opaque black.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0, alpha: 255 };
    /// Nothing at all.
    pub const TRANSPARENT: Self = Self { red: 0, green: 0, blue: 0, alpha: 0 };

    /// Whether painting with it changes nothing.
    pub fn is_transparent(self) -> bool {
        self.alpha == 0
    }
}

/// A family in a `font-family` list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Family {
    Named(Arc<str>),
    Serif,
    SansSerif,
    Monospace,
    Cursive,
    Fantasy,
}

/// `font-style`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)]
pub enum FontStyle {
    #[default]
    Normal,
    Italic,
}

/// `line-height`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LineHeight {
    /// `normal`: what the face asks for.
    Normal,
    /// A multiple of the font size.
    Number(f64),
    /// Points.
    Length(f64),
}

impl LineHeight {
    /// What `normal` comes to, as a multiple of the size, where the face is not known: Liberation
    /// Serif and Sans, and the faces whose widths they have, ask for 1.149.
    pub const TYPICAL: f64 = 1.15;
}

/// `-itog-line-spacing`: where the room of a line goes that its letters do not need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineSpacing {
    /// Half above and half below each inline box (CSS 2.2, 10.8).
    #[default]
    Css,
    /// As word processors have it: a number is a multiple of the face's own line and the room is
    /// below, a length is what every line has.
    Word,
    /// The same, but a length is the least that a line has.
    AtLeast,
}

/// What stands at a tab stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum TabAlign {
    #[default]
    Left,
    Center,
    Right,
    Decimal,
}

/// A tab stop.
#[derive(Debug, Clone, PartialEq)]
pub struct TabStop {
    /// Where, in points.
    pub at: f64,
    /// What of the text after the tab stands there.
    pub align: TabAlign,
    /// What fills the room before it.
    pub leader: Option<Arc<str>>,
}

/// `text-align` of left-to-right text. `start` is not `left` where a header cell asks whether its
/// author aligned it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum TextAlign {
    #[default]
    Start,
    Left,
    Right,
    Center,
    Justify,
}

/// `text-wrap-style`: how ends of lines are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WrapStyle {
    /// As `text-align` wants it.
    #[default]
    Auto,
    /// Lines as long as each other, in Word as well.
    Balance,
    /// Every line takes as much as it can.
    Stable,
}

/// `text-transform`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum TextTransform {
    #[default]
    None,
    Uppercase,
    Lowercase,
    Capitalize,
}

/// `white-space`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum WhiteSpace {
    #[default]
    Normal,
    NoWrap,
    Pre,
    PreWrap,
    PreLine,
}

impl WhiteSpace {
    /// Whether runs of spaces become one.
    pub fn collapses(self) -> bool {
        matches!(self, Self::Normal | Self::NoWrap | Self::PreLine)
    }

    /// Whether lines may break at spaces.
    pub fn wraps(self) -> bool {
        !matches!(self, Self::NoWrap | Self::Pre)
    }

    /// Whether a line feed in the source breaks the line.
    pub fn keeps_line_feeds(self) -> bool {
        matches!(self, Self::Pre | Self::PreWrap | Self::PreLine)
    }
}

/// `hyphens`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Hyphens {
    None,
    #[default]
    Manual,
    Auto,
}

/// Which lines `text-decoration` draws. Propagated to descendants, as CSS does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub struct Decoration {
    pub underline: bool,
    pub overline: bool,
    pub line_through: bool,
}

/// A counter or list style: how a number is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)]
pub enum CounterStyle {
    None,
    #[default]
    Disc,
    Circle,
    Square,
    /// An em dash, the Russian bullet (`list-style-type: dash`).
    Dash,
    Decimal,
    DecimalLeadingZero,
    /// а б в г д е ж и к (`lower-russian`).
    LowerRussian,
    UpperRussian,
    LowerLatin,
    UpperLatin,
    LowerRoman,
    UpperRoman,
    /// A string of the author's: `list-style-type: "– "`.
    String(Arc<str>),
}

/// Where a list's marker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum ListStylePosition {
    #[default]
    Outside,
    Inside,
}

/// The normal width of a face, in thousandths of itself (`font-stretch: normal`).
pub(crate) const NORMAL_WIDTH: u16 = 1000;

/// The inherited values of lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ListStyle {
    /// `list-style-type`.
    pub kind: CounterStyle,
    /// `list-style-position`.
    pub position: ListStylePosition,
}

impl Default for ListStyle {
    fn default() -> Self {
        Self { kind: CounterStyle::Disc, position: ListStylePosition::Outside }
    }
}

/// The inherited values of tables.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TableSettings {
    /// `border-collapse: collapse`.
    pub collapse: bool,
    /// `border-spacing`, horizontal and vertical, in points.
    pub spacing: Size,
    /// `caption-side: bottom`.
    pub caption_bottom: bool,
}

/// The inherited values of text and of the lines that it is broken into.
#[derive(Debug, Clone, PartialEq)]
pub struct TextStyle {
    /// `font-family`, best first.
    pub font_family: Arc<[Family]>,
    /// `font-size` in points.
    pub font_size: f64,
    /// `font-weight`, 1–1000.
    pub font_weight: u16,
    /// `font-style`.
    pub font_style: FontStyle,
    /// `font-stretch` in thousandths of the normal width.
    pub font_stretch: u16,
    /// `font-variant-caps: small-caps`.
    pub small_caps: bool,
    /// `font-variant-numeric`, and `font-feature-settings` after it.
    pub features: [Features; 2],
    /// `line-height`.
    pub line_height: LineHeight,
    /// `letter-spacing` in points.
    pub letter_spacing: f64,
    /// `word-spacing` in points.
    pub word_spacing: f64,
    /// `-itog-min-word-space`: how narrow a space of a justified line may be, as a share of its
    /// width.
    pub min_word_space: f64,
    /// `-itog-letter-give`: by how much the distance of letters in a justified line may change
    /// either way, as a share of the size.
    pub letter_give: f64,
    /// `-itog-glyph-scaling`: by how much the letters of a justified line may become wider or
    /// narrower, as a share of their width.
    pub glyph_scaling: f64,
    /// `-itog-optical-margins`: whether hyphens, stops and quotes stand out of a justified line.
    pub optical_margins: bool,
    /// `color`.
    pub color: Color,
    /// `text-align`.
    pub text_align: TextAlign,
    /// `text-align-last`; nothing means `auto`.
    pub text_align_last: Option<TextAlign>,
    /// `text-indent`.
    pub text_indent: LengthPercentage,
    /// `text-indent: … hanging`: all lines but the first are indented.
    pub text_indent_hanging: bool,
    /// `text-transform`.
    pub text_transform: TextTransform,
    /// `text-decoration-line`, with that of the ancestors.
    pub decoration: Decoration,
    /// `white-space`.
    pub white_space: WhiteSpace,
    /// `hyphens`.
    pub hyphens: Hyphens,
    /// `overflow-wrap: anywhere | break-word`: a word that does not fit a line is cut.
    pub overflow_wrap: bool,
    /// `tab-size` in points.
    pub tab_size: f64,
    /// `-itog-tab-stops`, from the edge of what the block stands in; none means `tab-size` alone.
    pub tab_stops: Arc<[TabStop]>,
    /// `text-wrap-style`.
    pub wrap: WrapStyle,
    /// `-itog-line-spacing`.
    pub line_spacing: LineSpacing,
    /// The nearest `lang` attribute (BCP 47); empty if there is none.
    pub lang: Arc<str>,
    /// `-itog-typography`: whether spaces, quotes and dashes are mended.
    pub typography: bool,
    /// `orphans`.
    pub orphans: u32,
    /// `widows`.
    pub widows: u32,
    /// `visibility: hidden`: takes its room and paints nothing.
    pub hidden: bool,
}

impl Default for TextStyle {
    fn default() -> Self {
        Self {
            font_family: Arc::from([Family::Serif]),
            // `medium`, which browsers take for 16 px.
            font_size: 12.0,
            // `normal` in figures (CSS Fonts 4, 2.4).
            font_weight: 400,
            font_style: FontStyle::Normal,
            font_stretch: NORMAL_WIDTH,
            small_caps: false,
            features: Default::default(),
            line_height: LineHeight::Normal,
            letter_spacing: 0.0,
            word_spacing: 0.0,
            // Narrower, words run together (see docs/typography.md).
            min_word_space: 2.0 / 3.0,
            letter_give: 0.0,
            glyph_scaling: 0.0,
            optical_margins: false,
            color: Color::BLACK,
            text_align: TextAlign::Start,
            text_align_last: None,
            text_indent: LengthPercentage::ZERO,
            text_indent_hanging: false,
            text_transform: TextTransform::None,
            decoration: Decoration::default(),
            white_space: WhiteSpace::Normal,
            hyphens: Hyphens::Manual,
            overflow_wrap: false,
            // Half an inch, the tab stop of word processors: eight spaces of CSS depend on a
            // face that is not known here.
            tab_size: 36.0,
            tab_stops: Arc::from([]),
            wrap: WrapStyle::Auto,
            line_spacing: LineSpacing::Css,
            lang: Arc::from(""),
            // On unless it is taken back: most keyboards lack the quotes «» and the dashes.
            typography: true,
            // CSS Fragmentation 3, 3.3, for both.
            orphans: 2,
            widows: 2,
            hidden: false,
        }
    }
}

/// `display`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[allow(missing_docs)]
pub enum Display {
    #[default]
    Inline,
    Block,
    InlineBlock,
    ListItem,
    Table,
    TableCaption,
    TableColumnGroup,
    TableColumn,
    TableHeaderGroup,
    TableRowGroup,
    TableFooterGroup,
    TableRow,
    TableCell,
    Flex,
    Grid,
    FlowRoot,
    None,
}

impl Display {
    /// The display of a box that has to be a block, a flex item or a positioned one: what is inline
    /// or a part of a table becomes a block (CSS Display 3, 2.7).
    pub(crate) fn blockified(self) -> Self {
        match self {
            Self::Block
            | Self::ListItem
            | Self::Table
            | Self::Flex
            | Self::Grid
            | Self::FlowRoot
            | Self::None => self,
            _ => Self::Block,
        }
    }
}

/// `position`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Position {
    #[default]
    Static,
    Relative,
    Absolute,
    Fixed,
    /// `running()`: taken out of the flow, to stand in margin boxes (CSS GCPM 3, 1.2).
    Running,
}

impl Position {
    /// Whether the box stands nowhere in the flow.
    pub(crate) fn is_out_of_flow(self) -> bool {
        matches!(self, Self::Absolute | Self::Fixed | Self::Running)
    }

    /// Whether absolute boxes in it are placed by it. A running element stands by the page, and so
    /// do they.
    pub(crate) fn is_containing_block(self) -> bool {
        !matches!(self, Self::Static | Self::Running)
    }
}

/// `border-style` of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum BorderStyle {
    #[default]
    None,
    Hidden,
    Solid,
    Dashed,
    Dotted,
    Double,
}

/// A side's border. Its width is 0 when the style is `none` or `hidden`.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct BorderSide {
    pub width: f64,
    pub style: BorderStyle,
    pub color: Color,
}

impl Default for BorderSide {
    fn default() -> Self {
        // `medium` computes to 0 where there is no style, CSS Backgrounds 3, 4.3.
        Self { width: 0.0, style: BorderStyle::None, color: Color::BLACK }
    }
}

/// `background-size` and `object-fit` in one vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Fitting {
    /// Natural size (`background-size: auto`, `object-fit: none`).
    #[default]
    Natural,
    /// Stretched to the box (`100% 100%`, `object-fit: fill`).
    Fill,
    /// As large as fits.
    Contain,
    /// As small as covers.
    Cover,
    /// No larger than natural (`object-fit: scale-down`).
    ScaleDown,
    /// Explicit width and height.
    Explicit(LengthOrAuto, LengthOrAuto),
}

/// `background-repeat`: along which axes a picture is repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Repeat {
    pub x: bool,
    pub y: bool,
}

/// `background-*`.
#[derive(Debug, Clone, PartialEq)]
pub struct Background {
    /// `background-color`.
    pub color: Color,
    /// `background-image` with the place of the declaration.
    pub image: Option<(Backdrop, Option<Span>)>,
    /// `background-size`.
    pub size: Fitting,
    /// `background-position`.
    pub position: (LengthPercentage, LengthPercentage),
    /// `background-repeat`.
    pub repeat: Repeat,
}

impl Default for Background {
    fn default() -> Self {
        Self {
            color: Color::TRANSPARENT,
            image: None,
            size: Fitting::Natural,
            position: (LengthPercentage::ZERO, LengthPercentage::ZERO),
            // A picture tiles its box unless the stylesheet says otherwise, CSS Backgrounds 3,
            // 3.4.
            repeat: Repeat { x: true, y: true },
        }
    }
}

/// `vertical-align`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub enum VerticalAlign {
    #[default]
    Baseline,
    Sub,
    Super,
    Top,
    TextTop,
    Middle,
    Bottom,
    TextBottom,
    /// Points above the baseline (percentages are resolved against the line height).
    Length(f64),
}

/// `break-before` and `break-after`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Break {
    #[default]
    Auto,
    Avoid,
    Page,
    Left,
    Right,
    Column,
}

/// `flex-direction`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum FlexDirection {
    #[default]
    Row,
    RowReverse,
    Column,
    ColumnReverse,
}

/// `justify-content`, `align-items`, `align-self` and `align-content` in one vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)]
pub enum Alignment {
    #[default]
    Auto,
    Start,
    End,
    Center,
    Baseline,
    Stretch,
    SpaceBetween,
    SpaceAround,
    SpaceEvenly,
}

/// The flexbox properties.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Flex {
    pub direction: FlexDirection,
    pub wrap: bool,
    pub grow: f64,
    pub shrink: f64,
    pub basis: LengthOrAuto,
    pub justify_content: Alignment,
    pub align_items: Alignment,
    pub align_self: Alignment,
    pub align_content: Alignment,
    pub order: i32,
}

impl Default for Flex {
    fn default() -> Self {
        Self {
            direction: FlexDirection::Row,
            wrap: false,
            grow: 0.0,
            // Items may shrink by default, CSS Flexible Box 1, 7.2.
            shrink: 1.0,
            basis: LengthOrAuto::Auto,
            justify_content: Alignment::Auto,
            align_items: Alignment::Auto,
            align_self: Alignment::Auto,
            align_content: Alignment::Auto,
            order: 0,
        }
    }
}

/// The multi-column properties. A box is a multi-column container if `count` or `width` is set.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct MultiColumn {
    pub count: Option<u32>,
    pub width: Option<f64>,
    pub rule: BorderSide,
    /// `column-fill: auto`: columns are filled one after the other, not balanced.
    pub fill_auto: bool,
    /// `column-span: all`.
    pub span_all: bool,
}

/// One piece of a `content` value.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentItem {
    /// Text.
    String(Arc<str>),
    /// `counter(name, style)`.
    Counter(Arc<str>, CounterStyle),
    /// `counters(name, "separator", style)`.
    Counters(Arc<str>, Arc<str>, CounterStyle),
    /// `attr(name)`.
    Attr(Arc<str>),
    /// `string(name, first)`; used in page margin boxes.
    StringFn(Arc<str>, StringPick),
    /// `leader(".")`.
    Leader(Arc<str>),
    /// `target-counter(attr(href), page)`: the attribute that holds the target, the counter, its
    /// style.
    TargetCounter(Arc<str>, Arc<str>, CounterStyle),
    /// `url(…)`.
    Url(Arc<str>),
    /// `content()` or `content(text)` in `string-set`: the element's own text.
    ElementText,
    /// `element(name)`: the running element of that name, in page margin boxes.
    Element(Arc<str>),
}

/// Which of the texts that `string-set` gives a name `string()` shows on a page (CSS GCPM 3,
/// 1.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StringPick {
    /// The first that is set on the page, else the last one before it.
    #[default]
    First,
    /// The first, if its element begins the page, else the last one before it.
    Start,
    /// The last so far.
    Last,
    /// The last one before the page; nothing where one is set.
    FirstExcept,
}

/// On which sides of a positioned box text flows (CSS Exclusions 1, 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WrapFlow {
    /// Through it, as through any positioned box.
    #[default]
    Auto,
    /// On the side with more room: lines are not torn in two, so this is `both`, too.
    Maximum,
    /// Before it.
    Start,
    /// After it.
    End,
    /// Above and below it only.
    Clear,
}

/// One pair of a `counter-*` value: the counter's name and a number.
pub type CounterChange = (Arc<str>, i32);

/// One pair of a `string-set` value: the string's name and what it is made of.
pub type StringSet = (Arc<str>, Arc<[ContentItem]>);

/// `-itog-fit: shrink` or `block` with `-itog-fit-min`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// `block`: all text inside steps down together until the height holds it; otherwise the text
    /// is to stand on one line.
    pub whole: bool,
    /// The smallest share of the font size that a long text may shrink to, 0–1.
    pub min: f64,
}

/// All computed values of an element or pseudo-element.
#[derive(Debug, Clone, PartialEq)]
pub struct Computed {
    /// The inherited values of text, shared between elements that do not change them.
    pub text: Arc<TextStyle>,
    /// The inherited values of lists.
    pub list: ListStyle,
    /// The inherited values of tables.
    pub table: TableSettings,
    /// `display`.
    pub display: Display,
    /// `position`.
    pub position: Position,
    /// The name in `position: running(name)`.
    pub running: Option<Arc<str>>,
    /// `float: footnote`: the element becomes a footnote.
    pub footnote: bool,
    /// `margin`; `auto` is [`LengthOrAuto::Auto`].
    pub margin: Sides<LengthOrAuto>,
    /// `padding`.
    pub padding: Sides<LengthPercentage>,
    /// `border`.
    pub border: Sides<BorderSide>,
    /// `border-radius` (top-left, top-right, bottom-right, bottom-left).
    pub radius: [LengthPercentage; 4],
    /// `background`.
    pub background: Background,
    /// `width`.
    pub width: LengthOrAuto,
    /// `height`.
    pub height: LengthOrAuto,
    /// `min-width` (`auto` is 0).
    pub min_width: LengthOrAuto,
    /// `min-height`.
    pub min_height: LengthOrAuto,
    /// `max-width` (`none` is `Auto`).
    pub max_width: LengthOrAuto,
    /// `max-height`.
    pub max_height: LengthOrAuto,
    /// `box-sizing: border-box`.
    pub border_box: bool,
    /// `top`, `right`, `bottom`, `left`.
    pub inset: Sides<LengthOrAuto>,
    /// `z-index`.
    pub z_index: i32,
    /// `wrap-flow`.
    pub wrap_flow: WrapFlow,
    /// `overflow: hidden`.
    pub clip: bool,
    /// `vertical-align`.
    pub vertical_align: VerticalAlign,
    /// `break-before`.
    pub break_before: Break,
    /// `break-after`.
    pub break_after: Break,
    /// `break-inside: avoid`.
    pub break_inside_avoid: bool,
    /// `box-decoration-break: clone`.
    pub decoration_clone: bool,
    /// `page`.
    pub page: Option<Arc<str>>,
    /// `column-*`.
    pub columns: MultiColumn,
    /// `row-gap`.
    pub row_gap: LengthPercentage,
    /// `column-gap`; nothing means `normal` (0 in flex, 1em between columns).
    pub column_gap: Option<LengthPercentage>,
    /// `flex-*`, `justify-*`, `align-*`, `order`.
    pub flex: Flex,
    /// `grid-*`, `justify-items`, `justify-self`.
    pub grid: Grid,
    /// `content`; nothing means `normal`.
    pub content: Option<Arc<[ContentItem]>>,
    /// `counter-reset`.
    pub counter_reset: Arc<[CounterChange]>,
    /// `counter-increment`.
    pub counter_increment: Arc<[CounterChange]>,
    /// `counter-set`.
    pub counter_set: Arc<[CounterChange]>,
    /// `string-set`.
    pub string_set: Arc<[StringSet]>,
    /// `opacity`.
    pub opacity: f64,
    /// `box-shadow`, the topmost first.
    pub shadows: Arc<[Shadow]>,
    /// `transform`, unless it is a lone `rotate()`.
    pub transform: Vec<Transform>,
    /// `transform: rotate(…)` in degrees, clockwise.
    pub rotate: f64,
    /// `transform-origin`; nothing means the middle.
    pub rotate_origin: Option<(LengthPercentage, LengthPercentage)>,
    /// `object-fit`.
    pub object_fit: Fitting,
    /// `table-layout: fixed`.
    pub table_fixed: bool,
    /// `-itog-fit`.
    pub fit: Option<Fit>,
}

impl Computed {
    /// What is inherited, and initial values for the rest.
    pub fn inherited(parent: &Self) -> Self {
        let list = parent.list.clone();
        Self { text: Arc::clone(&parent.text), list, table: parent.table, ..Self::default() }
    }

    /// Whether any side has a border that is seen. The colour of a side without one is still the
    /// text's, so that sides are not to be compared for this.
    pub fn has_border(&self) -> bool {
        let Sides { top, right, bottom, left } = &self.border;
        [top, right, bottom, left].iter().any(|side| side.width > 0.0)
    }
}

impl Default for Computed {
    /// The initial values of CSS; margins are 0, not `auto`.
    fn default() -> Self {
        Self {
            text: Default::default(),
            list: Default::default(),
            table: Default::default(),
            display: Default::default(),
            position: Default::default(),
            running: None,
            footnote: Default::default(),
            margin: Sides::all(LengthOrAuto::Set(LengthPercentage::ZERO)),
            padding: Default::default(),
            border: Default::default(),
            radius: Default::default(),
            background: Default::default(),
            width: Default::default(),
            height: Default::default(),
            min_width: Default::default(),
            min_height: Default::default(),
            max_width: Default::default(),
            max_height: Default::default(),
            border_box: Default::default(),
            inset: Default::default(),
            z_index: Default::default(),
            wrap_flow: Default::default(),
            clip: Default::default(),
            vertical_align: Default::default(),
            break_before: Default::default(),
            break_after: Default::default(),
            break_inside_avoid: Default::default(),
            decoration_clone: Default::default(),
            page: Default::default(),
            columns: Default::default(),
            row_gap: Default::default(),
            column_gap: Default::default(),
            flex: Default::default(),
            grid: Default::default(),
            content: Default::default(),
            counter_reset: Default::default(),
            counter_increment: Default::default(),
            counter_set: Default::default(),
            string_set: Default::default(),
            opacity: 1.0,
            shadows: Default::default(),
            transform: Default::default(),
            rotate: Default::default(),
            rotate_origin: Default::default(),
            // Not `contain`: CSS Images 3 stretches a picture to the box that was asked
            // for.
            object_fit: Fitting::Fill,
            table_fixed: Default::default(),
            fit: Default::default(),
        }
    }
}

/// Where a page margin box stands (CSS Paged Media 3, section 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum MarginBoxPlace {
    TopLeftCorner,
    TopLeft,
    TopCenter,
    TopRight,
    TopRightCorner,
    RightTop,
    RightMiddle,
    RightBottom,
    BottomRightCorner,
    BottomRight,
    BottomCenter,
    BottomLeft,
    BottomLeftCorner,
    LeftBottom,
    LeftMiddle,
    LeftTop,
}

impl MarginBoxPlace {
    /// Whether it stands where two margins meet, beside the width of the text.
    pub(crate) fn is_corner(self) -> bool {
        matches!(
            self,
            Self::TopLeftCorner
                | Self::TopRightCorner
                | Self::BottomLeftCorner
                | Self::BottomRightCorner
        )
    }

    /// Whether it stands to the left of the text, corners included.
    pub(crate) fn is_left(self) -> bool {
        matches!(
            self,
            Self::TopLeftCorner
                | Self::LeftTop
                | Self::LeftMiddle
                | Self::LeftBottom
                | Self::BottomLeftCorner
        )
    }

    /// Whether it stands in the margin above the text, corners included: in the header.
    pub(crate) fn is_above(self) -> bool {
        matches!(
            self,
            Self::TopLeftCorner
                | Self::TopLeft
                | Self::TopCenter
                | Self::TopRight
                | Self::TopRightCorner
        )
    }

    /// Whether it stands in the margin below the text, corners included: in the footer.
    pub(crate) fn is_below(self) -> bool {
        matches!(
            self,
            Self::BottomLeftCorner
                | Self::BottomLeft
                | Self::BottomCenter
                | Self::BottomRight
                | Self::BottomRightCorner
        )
    }
}

/// A page margin box that has content.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginBox {
    /// Where it stands.
    pub place: MarginBoxPlace,
    /// Its values; `style.content` holds what it says.
    pub style: Arc<Computed>,
    /// Where that is written.
    pub span: Option<Span>,
}

/// `marks`: what a press is shown beside the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PrinterMarks {
    /// Lines where to cut.
    pub crop: bool,
    /// Crosses by which colours are laid over each other.
    pub cross: bool,
}

impl PrinterMarks {
    /// Whether anything stands beside the sheet.
    pub(crate) fn any(self) -> bool {
        self.crop || self.cross
    }
}

/// What `@page` rules make of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageStyle {
    /// Width of the sheet in points.
    pub width: f64,
    /// Height of the sheet in points.
    pub height: f64,
    /// Where its `size` is written.
    pub size_at: Option<Span>,
    /// How far the picture goes on beyond the sheet, to be cut off.
    pub bleed: f64,
    /// `marks`.
    pub marks: PrinterMarks,
    /// Margins, resolved.
    pub margin: Sides<f64>,
    /// Page padding, resolved.
    pub padding: Sides<f64>,
    /// Page border.
    pub border: Sides<BorderSide>,
    /// Page background.
    pub background: Background,
    /// The margin boxes with content.
    pub boxes: Vec<MarginBox>,
    /// `-itog-pages`: how many pages the whole document should have.
    pub pages: Option<u32>,
    /// Counters that begin anew on the page.
    pub counter_reset: Arc<[CounterChange]>,
    /// Counters that go on; `page` goes on by 1 if it is not named.
    pub counter_increment: Arc<[CounterChange]>,
    /// Counters that are set on the page.
    pub counter_set: Arc<[CounterChange]>,
}

impl Default for PageStyle {
    /// A4 with the margins of an official document: 20 mm, left 30 mm, right 10 mm.
    fn default() -> Self {
        const MM: f64 = 72.0 / 25.4;
        Self {
            width: 210.0 * MM,
            height: 297.0 * MM,
            size_at: None,
            bleed: 0.0,
            marks: PrinterMarks::default(),
            // ГОСТ Р 7.0.97-2016 asks for 20, 10, 20 and 20 mm at least, and for 30 mm at the left
            // of what is kept for over ten years.
            margin: Sides { top: 20.0 * MM, right: 10.0 * MM, bottom: 20.0 * MM, left: 30.0 * MM },
            padding: Sides::all(0.0),
            border: Sides::all(BorderSide::default()),
            background: Background::default(),
            boxes: Vec::new(),
            pages: None,
            counter_reset: Arc::default(),
            counter_increment: Arc::default(),
            counter_set: Arc::default(),
        }
    }
}

/// Which page a `@page` selector is matched against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PageKind {
    /// The first page of the document.
    pub first: bool,
    /// The first of the pages of a name in a row: `:first` beside a name means these, as print
    /// formatters have it.
    pub begins: bool,
    /// A left-hand page (even number).
    pub left: bool,
    /// A page that is empty because the next content wants another side.
    pub blank: bool,
}
