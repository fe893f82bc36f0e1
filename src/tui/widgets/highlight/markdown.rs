//! Markdown: headings, signs of lists and quotations, fences with code between, and what is marked in a line.

use super::{Class, Fence, Inside, Language, Pieces, State, near, within};

/// The bytes of the longest line that is drawn by hand.
const LONGEST_RULE: usize = 200;

/// One line.
pub(super) fn line(state: State, pieces: &mut Pieces<'_>) -> State {
    if let Some(fence) = state.fence {
        if is_closing(pieces.text, fence) {
            pieces.push(0..pieces.text.len(), Class::Aside);
            return State::start(Language::Markdown);
        }
        return State { inside: within(fence.language, state.inside, pieces), ..state };
    }
    if state.inside == Inside::Nothing {
        let start = container(pieces);
        if let Some(fence) = fence(pieces.from(start)) {
            pieces.push(start..pieces.text.len(), Class::Aside);
            return State { fence: Some(fence), ..state };
        }
        if block(pieces, start) {
            return state;
        }
        return State { inside: inline(pieces, start), ..state };
    }
    // A comment that goes over lines.
    if let Some(end) = pieces.text.find("-->") {
        pieces.push(0..end + 3, Class::Aside);
        return State { inside: inline(pieces, end + 3), ..state };
    }
    pieces.push(0..pieces.text.len(), Class::Aside);
    state
}

/// How many of a character a text begins with.
fn run(text: &str, sign: char) -> usize {
    text.len() - text.trim_start_matches(sign).len()
}

/// The fence that a text begins with, where it is one.
pub(super) fn opens_fence(text: &str) -> bool {
    fence(text.trim_start()).is_some()
}

fn fence(text: &str) -> Option<Fence> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let len = run(text, sign);
    let info = text.get(len..)?.trim();
    if len < 3 || sign == '`' && info.contains('`') {
        return None;
    }
    let name = info
        .split(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | ',' | ':'))
        .find(|name| !name.is_empty());
    let language = name.map_or(Language::Other, |name| Language::named(name.trim_start_matches('.')));
    Some(Fence { sign, len, language })
}

fn is_closing(text: &str, fence: Fence) -> bool {
    let text = text.trim();
    run(text, fence.sign) == text.len() && text.len() >= fence.len
}

/// Styles the signs of quotations and lists with which a line begins; answers where what they hold begins.
fn container(pieces: &mut Pieces<'_>) -> usize {
    let mut at = 0;
    loop {
        let rest = pieces.from(at);
        let start = at + rest.len() - rest.trim_start().len();
        let rest = pieces.from(start);
        if rest.starts_with('>') {
            pieces.push(start..start + 1, Class::Aside);
            at = start + 1;
        } else if let Some(len) = item(rest).filter(|_| !is_rule(rest)) {
            pieces.push(start..start + len, Class::Name);
            at = start + len;
        } else {
            return start;
        }
    }
}

/// The length of the sign of a list's item: `-`, `12.`.
pub(super) fn item(text: &str) -> Option<usize> {
    let len = match text.as_bytes().first()? {
        b'-' | b'*' | b'+' => 1,
        b'0'..=b'9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let is_sign = digits <= 9 && matches!(text.as_bytes().get(digits), Some(b'.' | b')'));
            if !is_sign {
                return None;
            }
            digits + 1
        }
        _ => return None,
    };
    matches!(text.as_bytes().get(len), None | Some(b' ' | b'\t')).then_some(len)
}

/// The level of a heading that a line is.
pub(super) fn heading(text: &str) -> Option<usize> {
    let level = run(text, '#');
    let is_heading =
        (1..=6).contains(&level) && matches!(text.as_bytes().get(level), None | Some(b' ' | b'\t'));
    is_heading.then_some(level)
}

/// Whether a line is a rule: `---`, `* * *`.
fn is_rule(text: &str) -> bool {
    // Nobody draws longer ones, and lists in lists ask for each of their signs.
    if text.len() > LONGEST_RULE {
        return false;
    }
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    let Some(sign) = signs.next().filter(|sign| matches!(sign, '-' | '*' | '_' | '=')) else { return false };
    let mut others = 0;
    signs.all(|other| {
        others += 1;
        other == sign
    }) && others >= 2
}

/// What takes the whole line.
fn block(pieces: &mut Pieces<'_>, start: usize) -> bool {
    let rest = pieces.from(start);
    let class = if heading(rest).is_some() {
        Class::Heading
    } else if is_rule(rest)
        || rest.starts_with('|') && rest.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    {
        Class::Aside
    } else {
        return false;
    };
    pieces.push(start..pieces.text.len(), class);
    true
}

/// What is marked within a line.
fn inline(pieces: &mut Pieces<'_>, start: usize) -> Inside {
    let is_row = pieces.from(start).starts_with('|');
    let mut at = start;
    while let Some(found) = pieces.from(at).find(['`', '*', '_', ']', '<', '|', '\\']) {
        let start = at + found;
        let rest = pieces.from(start);
        at = start + 1;
        match rest.as_bytes().first() {
            // What follows is meant as it stands.
            Some(b'\\') => at += rest.chars().nth(1).map_or(0, char::len_utf8),
            Some(b'`') => {
                let len = run(rest, '`');
                match closing_ticks(rest, len) {
                    Some(end) => {
                        pieces.push(start..start + end, Class::Value);
                        at = start + end;
                    }
                    None => at = start + len,
                }
            }
            Some(b'*' | b'_') => {
                if let Some(end) = strong(pieces.text, start) {
                    pieces.push(start..end, Class::Strong);
                    at = end;
                } else {
                    at = start + run(rest, if rest.starts_with('*') { '*' } else { '_' });
                }
            }
            Some(b']') if rest.starts_with("](") => {
                if let Some(end) = near(rest).find(')') {
                    pieces.push(start + 1..start + end + 1, Class::Aside);
                    at = start + end + 1;
                }
            }
            Some(b'<') if rest.starts_with("<!--") => {
                let end = rest.find("-->").map(|end| start + end + 3);
                pieces.push(start..end.unwrap_or(pieces.text.len()), Class::Aside);
                match end {
                    Some(end) => at = end,
                    None => return Inside::Comment(1),
                }
            }
            Some(b'|') if is_row => pieces.push(start..at, Class::Aside),
            _ => {}
        }
    }
    Inside::Nothing
}

/// Where code within a line ends that so many ticks begin.
fn closing_ticks(rest: &str, len: usize) -> Option<usize> {
    let rest = near(rest);
    let mut at = len;
    while let Some(found) = rest.get(at..).and_then(|rest| rest.find('`')) {
        let start = at + found;
        let ticks = run(rest.get(start..).unwrap_or_default(), '`');
        at = start + ticks;
        if ticks == len {
            return Some(at);
        }
    }
    None
}

/// Where what is emphasised strongly ends, where it begins at `start`.
fn strong(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let sign = if rest.starts_with("**") {
        "**"
    } else if rest.starts_with("__") {
        "__"
    } else {
        return None;
    };
    let within = near(rest.get(2..)?);
    // `a__b__c` is a name.
    let follows_word = text.get(..start)?.ends_with(char::is_alphanumeric);
    if within.starts_with(char::is_whitespace) || sign == "__" && follows_word {
        return None;
    }
    let mut at = 0;
    loop {
        let end = at + within.get(at..)?.find(sign)?;
        if end > 0 && !within.get(..end)?.ends_with(char::is_whitespace) {
            return Some(start + 2 + end + 2);
        }
        at = end + 2;
    }
}
