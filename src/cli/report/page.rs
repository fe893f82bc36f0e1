//! A page of HTML that is well formed by its making: an element is closed where what is inside ends, and every
//! text is made harmless and escaped.

use crate::text::harmless::harmless;

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

/// A page on its way. What it is written to is also well formed as XML, so that any reader can check it.
#[derive(Debug, Default)]
pub(super) struct Page(String);

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) enum Head<'a> {
    /// Of text.
    Text(&'a str),
    /// Of numbers.
    Number(&'a str),
}

impl Head<'_> {
    const fn title(&self) -> &str {
        match self {
            Self::Text(title) | Self::Number(title) => title,
        }
    }

    const fn class(&self) -> Attributes<'static> {
        match self {
            Self::Text(_) => &[],
            Self::Number(_) => &[("class", "n")],
        }
    }
}

impl Page {
    /// An element with something inside.
    pub fn put(&mut self, tag: &'static str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.open(tag, attributes);
        self.0.push('>');
        inside(self);
        for part in ["</", tag, ">"] {
            self.0.push_str(part);
        }
        if is_block(tag) {
            self.0.push('\n');
        }
    }

    /// An element with nothing inside.
    pub fn empty(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.open(tag, attributes);
        self.0.push_str("/>");
    }

    /// An element with a text.
    pub fn line(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.put(tag, attributes, |page| page.text(text));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.line("p", &[], text);
    }

    /// A text.
    pub fn text(&mut self, text: &str) {
        escape(text, &mut self.0);
    }

    /// A style sheet of our own.
    pub fn style(&mut self, sheet: &'static str) {
        self.0.push_str("<style>\n");
        self.0.push_str(sheet);
        self.0.push_str("</style>\n");
    }

    /// A table: a caption, the heads, and rows whose first cell names the row.
    pub fn table(&mut self, caption: &str, heads: &[Head<'_>], rows: &[Vec<String>]) {
        self.put("div", &[("class", "wide")], |page| {
            page.put("table", &[], |page| {
                page.line("caption", &[], caption);
                page.put("thead", &[], |page| page.heads(heads));
                page.put("tbody", &[], |page| {
                    for row in rows {
                        page.row(heads, row);
                    }
                });
            });
        });
    }

    fn heads(&mut self, heads: &[Head<'_>]) {
        self.put("tr", &[], |page| {
            for head in heads {
                let attributes = [&[("scope", "col")][..], head.class()].concat();
                page.line("th", &attributes, head.title());
            }
        });
    }

    fn row(&mut self, heads: &[Head<'_>], row: &[String]) {
        self.put("tr", &[], |page| {
            for (at, (head, cell)) in heads.iter().zip(row).enumerate() {
                if at == 0 {
                    let attributes = [&[("scope", "row")][..], head.class()].concat();
                    page.line("th", &attributes, cell);
                } else {
                    page.line("td", head.class(), cell);
                }
            }
        });
    }

    fn open(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(tag);
        for (name, value) in attributes {
            for part in [" ", name, "=\""] {
                self.0.push_str(part);
            }
            escape(value, &mut self.0);
            self.0.push('"');
        }
    }

    /// The whole page, with what stands before its first element.
    pub fn finish(self) -> String {
        format!("<!DOCTYPE html>\n{}", self.0)
    }
}

/// Elements that end a line of the file, so that people can read it too.
fn is_block(tag: &str) -> bool {
    !matches!(tag, "a" | "b" | "td" | "th" | "tspan" | "title")
}

/// The text as it can stand in an element or an attribute: nothing in it opens, closes or hides anything.
fn escape(text: &str, out: &mut String) {
    for c in harmless(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_opens_and_closes_nothing() {
        let mut page = Page::default();
        page.put("p", &[("title", "\"><script>")], |page| page.text("a < b & 'c' \u{202e}\u{1b}[2J"));
        let html = page.finish();
        assert!(html.contains("title=\"&quot;&gt;&lt;script&gt;\""), "{html}");
        assert!(html.contains("a &lt; b &amp; &#39;c&#39; "), "{html}");
        assert!(!html.contains('\u{202e}') && !html.contains('\u{1b}'), "{html}");
    }

    #[test]
    fn a_table_names_its_rows_and_columns() {
        let mut page = Page::default();
        page.table("t", &[Head::Text("a"), Head::Number("b")], &[vec!["x".to_owned(), "1".to_owned()]]);
        let html = page.finish();
        for part in [
            "<caption>t</caption>",
            "<th scope=\"col\" class=\"n\">b</th>",
            "<th scope=\"row\">x</th><td class=\"n\">1</td>",
        ] {
            assert!(html.contains(part), "{html}");
        }
    }
}
