//! Letters of symbol fonts as the characters of Unicode that they show.

/// The character that a letter of a symbol font shows. Word writes them at U+F000 plus the code.
pub(super) fn character(font: &str, c: char) -> Option<char> {
    let code = match u32::from(c) {
        code @ 0xF000..=0xF0FF => code - 0xF000,
        code => code,
    };
    let table: &[(u32, char)] = match font.to_lowercase().as_str() {
        "wingdings" => WINGDINGS,
        "wingdings 2" => WINGDINGS_2,
        "webdings" => WEBDINGS,
        "symbol" => SYMBOL,
        _ => return None,
    };
    table.iter().find(|(known, _)| *known == code).map(|(_, shown)| *shown)
}

/// Whether a font's letters are signs.
pub(super) fn is_symbol_font(font: &str) -> bool {
    matches!(
        font.to_lowercase().as_str(),
        "wingdings" | "wingdings 2" | "wingdings 3" | "webdings" | "symbol"
    )
}

const WINGDINGS: &[(u32, char)] = &[
    (0x20, ' '),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x46, '☞'),
    (0x4A, '☺'),
    (0x6C, '●'),
    (0x6E, '■'),
    (0x6F, '☐'),
    (0x71, '☐'),
    (0x72, '☐'),
    (0x75, '◆'),
    (0x76, '◆'),
    (0x77, '◆'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA7, '▪'),
    (0xA8, '☐'),
    (0xAB, '★'),
    (0xB6, '☆'),
    (0xD8, '►'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE8, '→'),
    (0xF0, '⇒'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: &[(u32, char)] = &[
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x97, '●'),
    (0xA2, '■'),
    (0xA3, '☐'),
];

const WEBDINGS: &[(u32, char)] = &[(0x61, '✓'), (0x63, '☐'), (0x67, '■'), (0x72, '✗')];

const SYMBOL: &[(u32, char)] = &[
    (0x20, ' '),
    (0x2D, '−'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x67, 'γ'),
    (0x6C, 'λ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAC, '←'),
    (0xAE, '→'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBB, '≈'),
    (0xD6, '√'),
    (0xDE, '⇒'),
    (0xE5, '∑'),
];
