//! What the fields of mail merge say, as tags: `MERGEFIELD` with its switches, and `IF` where it
//! compares what a table has (ECMA-376 Part 1, 17.16.5.35 and 17.16.5.22).

use crate::lang::ru::Case;

/// The instruction of a field: words, and the fields among them.
#[derive(Debug, Default)]
pub(super) struct FieldCode(pub(super) Vec<CodePart>);

#[derive(Debug)]
pub(super) enum CodePart {
    Words(String),
    Field(FieldCode),
}

impl FieldCode {
    /// A field without others in it.
    pub(super) fn plain(instruction: &str) -> Self {
        Self(vec![CodePart::Words(instruction.to_owned())])
    }

    /// Its first word, in capitals.
    pub(super) fn kind(&self) -> String {
        match self.0.first() {
            Some(CodePart::Words(words)) => {
                words.split_whitespace().next().unwrap_or_default().to_uppercase()
            }
            _ => String::new(),
        }
    }

    /// Whether a table of mail merge decides what it shows.
    pub(super) fn is_of_merge(&self) -> bool {
        const KINDS: [&str; 10] = [
            "MERGEFIELD",
            "ADDRESSBLOCK",
            "GREETINGLINE",
            "NEXT",
            "NEXTIF",
            "SKIPIF",
            "MERGEREC",
            "MERGESEQ",
            "ASK",
            "FILLIN",
        ];
        // A field within that was one of them is a tag by now.
        let inner = |part: &CodePart| match part {
            CodePart::Field(field) => field.is_of_merge(),
            CodePart::Words(words) => words.contains("{{"),
        };
        match self.kind().as_str() {
            "IF" | "COMPARE" => self.0.iter().any(inner),
            kind => KINDS.contains(&kind),
        }
    }

    /// The tag that says the same; nothing where only Word can compute it.
    pub(super) fn tag(&self) -> Option<String> {
        match (self.kind().as_str(), self.0.as_slice()) {
            ("MERGEFIELD", [CodePart::Words(words)]) => MergeField::read(words)?.tag(),
            ("IF", _) => self.condition(),
            _ => None,
        }
    }

    /// What `IF` compares, and the two texts.
    fn condition(&self) -> Option<String> {
        let tokens = tokens(&self.0);
        let [_, left, sign, right, then, rest @ ..] = tokens.as_slice() else { return None };
        let otherwise = rest.first().map_or(Some(String::new()), |token| token.shown())?;
        let sign = match sign.0.as_slice() {
            [CodePiece::Words(sign)] => sign.as_str(),
            _ => return None,
        };
        let test = match (sign, left.operand()?, right.operand()?) {
            ("=", left, right) if right == "\"\"" => format!("(not {left})"),
            ("<>", left, right) if right == "\"\"" => left,
            ("=", left, right) => format!("(eq {left} {right})"),
            ("<>", left, right) => format!("(ne {left} {right})"),
            (">", left, right) => format!("(gt {left} {right})"),
            ("<", left, right) => format!("(lt {left} {right})"),
            (">=", left, right) => format!("(not (lt {left} {right}))"),
            ("<=", left, right) => format!("(not (gt {left} {right}))"),
            _ => return None,
        };
        let then = then.shown()?;
        Some(format!("{{{{#if {test}}}}}{then}{{{{else}}}}{otherwise}{{{{/if}}}}"))
    }
}

/// A word of an instruction, or what stands in its quotation marks.
#[derive(Debug, Default)]
struct CodeToken<'a>(Vec<CodePiece<'a>>);

#[derive(Debug)]
enum CodePiece<'a> {
    Words(String),
    Field(&'a FieldCode),
}

impl CodeToken<'_> {
    fn push(&mut self, c: char) {
        match self.0.last_mut() {
            Some(CodePiece::Words(words)) => words.push(c),
            _ => self.0.push(CodePiece::Words(c.into())),
        }
    }

    /// What is compared: a name of the data or a text.
    fn operand(&self) -> Option<String> {
        match self.0.as_slice() {
            [] => Some("\"\"".to_owned()),
            // Word's signs for any letters.
            [CodePiece::Words(words)] if words.contains(['"', '*', '?', '\\']) => None,
            [CodePiece::Words(words)] => Some(format!("\"{words}\"")),
            [CodePiece::Field(FieldCode(parts))] => match parts.as_slice() {
                [CodePart::Words(words)] => MergeField::read(words)?.name(),
                _ => None,
            },
            _ => None,
        }
    }

    /// What is printed.
    fn shown(&self) -> Option<String> {
        let piece = |piece: &CodePiece<'_>| match piece {
            CodePiece::Words(words) => Some(words.clone()),
            CodePiece::Field(field) => field.tag(),
        };
        self.0.iter().map(piece).collect()
    }
}

/// The words of an instruction. Signs of comparison may stand close to what they compare.
fn tokens(parts: &[CodePart]) -> Vec<CodeToken<'_>> {
    let mut tokens = Vec::new();
    let mut token: Option<CodeToken<'_>> = None;
    let mut quoted = false;
    let is_sign = |c: char| matches!(c, '=' | '<' | '>');
    for part in parts {
        let words = match part {
            CodePart::Field(field) => {
                token.get_or_insert_default().0.push(CodePiece::Field(field));
                continue;
            }
            CodePart::Words(words) => words,
        };
        let mut letters = words.chars().peekable();
        while let Some(c) = letters.next() {
            match c {
                '"' | '“' | '”' | '«' | '»' if quoted => {
                    quoted = false;
                    tokens.extend(token.take());
                }
                '"' | '“' | '”' | '«' | '»' => {
                    tokens.extend(token.replace(CodeToken::default()));
                    quoted = true;
                }
                _ if quoted => token.get_or_insert_default().push(c),
                _ if c.is_whitespace() => tokens.extend(token.take()),
                _ if is_sign(c) => {
                    tokens.extend(token.take());
                    let mut sign = CodeToken::default();
                    sign.push(c);
                    while let Some(c) = letters.next_if(|c| is_sign(*c)) {
                        sign.push(c);
                    }
                    tokens.push(sign);
                }
                _ => token.get_or_insert_default().push(c),
            }
        }
    }
    tokens.extend(token);
    tokens
}

/// A field of one column.
struct MergeField<'a> {
    name: String,
    switches: &'a str,
}

impl<'a> MergeField<'a> {
    fn read(instruction: &'a str) -> Option<Self> {
        let (kind, rest) = instruction.trim().split_once(char::is_whitespace)?;
        if !kind.eq_ignore_ascii_case("MERGEFIELD") {
            return None;
        }
        let rest = rest.trim_start();
        let (name, switches) = match rest.strip_prefix(['"', '“', '«']) {
            Some(quoted) => quoted.split_once(['"', '”', '»']).unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        Some(Self { name: name.to_owned(), switches })
    }

    /// «ФИО_дат» is a name in a case: Word makes underscores of the spaces of a column's name.
    fn cased(&self) -> Option<String> {
        let (name, case) = self.name.rsplit_once('_')?;
        let cased = !name.is_ascii() && Case::parse(case).is_some();
        cased.then(|| format!("{} {case}", name.replace('_', " ")))
    }

    /// The name of the data, where it is compared.
    fn name(&self) -> Option<String> {
        self.cased().is_none().then(|| format!("[{}]", self.name))
    }

    /// The text in quotation marks behind a switch.
    fn switch(&self, switch: &str) -> Option<&'a str> {
        let at = self.switches.find(switch)? + switch.len();
        let text = self.switches[at..].trim_start();
        match text.strip_prefix(['"', '“', '”']) {
            Some(text) => text.split(['"', '“', '”']).next(),
            None => text.split_whitespace().next(),
        }
    }

    fn tag(&self) -> Option<String> {
        let name = format!("[{}]", self.name);
        let lower = self.switches.to_lowercase();
        let helper = [("\\* upper", "upper"), ("\\* lower", "lower"), ("\\* firstcap", "capital")];
        let helper = helper.iter().find(|(switch, _)| lower.contains(switch));
        let (date, number) = (self.switch("\\@"), self.switch("\\#").and_then(sample));
        let tag = match (self.cased(), helper, date, number) {
            (Some(cased), ..) => format!("{{{{{cased}}}}}"),
            (None, Some((_, helper)), ..) => format!("{{{{{helper} {name}}}}}"),
            (_, _, Some(picture), _) => dated(&self.name, picture),
            // An empty cell is no number, and says nothing.
            (.., Some(sample)) => {
                format!("{{{{#if {name}}}}}{{{{number {name} \"{sample}\"}}}}{{{{/if}}}}")
            }
            _ => format!("{{{{{name}}}}}"),
        };
        // Words before and after the value, which stand there only if it does.
        let (before, after) = (self.switch("\\b"), self.switch("\\f"));
        if before.is_none() && after.is_none() {
            return Some(tag);
        }
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let condition = self.cased().map_or(name, |cased| {
            let (name, _) = cased.rsplit_once(' ').unwrap_or((&cased, ""));
            format!("[{name}]")
        });
        Some(format!("{{{{#if {condition}}}}}{before}{tag}{after}{{{{/if}}}}"))
    }
}

/// A date as a picture of dates has it; what is no date stays as it is.
pub(super) fn dated(name: &str, picture: &str) -> String {
    let date = format!("{{{{date [{name}] pattern=\"{picture}\" text=true}}}}");
    format!("{{{{#if [{name}]}}}}{date}{{{{/if}}}}")
}

/// The number 1234 as a picture of numbers has it (17.16.4.2): «# ##0,00» is «1 234,00».
fn sample(picture: &str) -> Option<String> {
    let is_digit = |c: char| matches!(c, '#' | '0');
    let start = picture.find(is_digit)?;
    let end = picture.rfind(is_digit)? + 1;
    let digits = &picture[start..end];
    // What stands before three digits at the end may part groups, too: «#,##0».
    let mark = digits.rfind(['.', ',']).filter(|at| digits[at + 1..].chars().all(|c| c == '0'));
    let (whole, decimals) = match mark {
        Some(mark) => (&digits[..mark], &digits[mark..]),
        None => (digits, ""),
    };
    let group = whole.chars().find(|c| !is_digit(*c));
    let group = group.map_or(String::new(), String::from);
    Some(format!("{}1{group}234{decimals}{}", &picture[..start], &picture[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_say_what_tags_say() {
        for (instruction, expected) in [
            ("MERGEFIELD Имя", Some("{{[Имя]}}")),
            (" mergefield \"Дата рождения\" \\* MERGEFORMAT", Some("{{[Дата рождения]}}")),
            ("MERGEFIELD ФИО_дат", Some("{{ФИО дат}}")),
            ("MERGEFIELD имя \\* Upper", Some("{{upper [имя]}}")),
            (
                "MERGEFIELD d \\@ \"dd.MM.yyyy\"",
                Some("{{#if [d]}}{{date [d] pattern=\"dd.MM.yyyy\" text=true}}{{/if}}"),
            ),
            (
                "MERGEFIELD s \\# \"# ##0,00\"",
                Some("{{#if [s]}}{{number [s] \"1 234,00\"}}{{/if}}"),
            ),
            ("MERGEFIELD s \\# #,##0.0", Some("{{#if [s]}}{{number [s] \"1,234.0\"}}{{/if}}")),
            ("MERGEFIELD a \\b \"гр. \"", Some("{{#if [a]}}гр. {{[a]}}{{/if}}")),
            ("NEXT", None),
            ("PAGE", None),
        ] {
            assert_eq!(FieldCode::plain(instruction).tag().as_deref(), expected, "{instruction}");
        }
    }

    #[test]
    fn conditions_are_of_what_a_table_has() {
        let of = |before: &str, name: &str, after: &str| {
            let field = CodePart::Field(FieldCode::plain(name));
            FieldCode(vec![CodePart::Words(before.into()), field, CodePart::Words(after.into())])
        };
        let sex = of(" IF ", "MERGEFIELD пол", " = \"ж\" \"Уважаемая\" \"Уважаемый\" ");
        let expected = "{{#if (eq [пол] \"ж\")}}Уважаемая{{else}}Уважаемый{{/if}}";
        assert_eq!(sex.tag().as_deref(), Some(expected));
        let some = of("IF \"", "MERGEFIELD степень", "\"<>\"\" \"степень\"");
        let expected = "{{#if [степень]}}степень{{else}}{{/if}}";
        assert_eq!(some.tag().as_deref(), Some(expected));
        assert_eq!(of("IF ", "MERGEFIELD a", " = \"я*\" \"да\" \"нет\"").tag(), None);
        assert_eq!(of("IF ", "PAGE", " = 1 \"да\" \"нет\"").tag(), None);
    }
}
