//! Plots as SVG of our own making. Each stands beside a table with the same figures, and says so to who can't see it.

use super::page::Page;
use crate::curation::proportion::Interval;
use crate::text::width::truncate;

/// The width of a plot, in its own units.
const WIDTH: f64 = 736.0;
/// Where bars begin and end; names stand before them, numbers behind.
const FROM: f64 = 190.0;
const TO: f64 = 640.0;
/// The height of a row.
const ROW: f64 = 22.0;
/// The characters of a name.
const NAME: usize = 26;
/// Rows of a plot; the table has all.
const ROWS: usize = 40;
/// The height of columns, and the room above and below them.
const HIGH: f64 = 120.0;
const MARGIN: f64 = 22.0;

/// A bar of parts that lie one behind the other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    /// What it is.
    pub name: String,
    /// How long each part is, and its class in the style sheet.
    pub parts: Vec<(&'static str, u64)>,
    /// How much is wanted, marked by a line.
    pub target: Option<u64>,
    /// What is said behind it.
    pub said: String,
}

/// A number with its interval.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dot {
    /// What it is.
    pub name: String,
    /// The number.
    pub at: f64,
    /// Between what it lies.
    pub interval: Option<Interval>,
    /// What is said behind it.
    pub said: String,
}

#[allow(clippy::cast_precision_loss)] // what is counted is far below 2^52
fn float(n: u64) -> f64 {
    n as f64
}

#[allow(clippy::cast_precision_loss)]
fn place(at: usize) -> f64 {
    at as f64
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

fn svg(page: &mut Page, says: &str, height: f64, inside: impl FnOnce(&mut Page)) {
    let view = format!("0 0 {WIDTH:.0} {height:.0}");
    let attributes = [
        ("viewBox", view.as_str()),
        ("role", "img"),
        ("aria-label", says),
        ("xmlns", "http://www.w3.org/2000/svg"),
    ];
    page.put("svg", &attributes, inside);
}

fn text(page: &mut Page, (x, y): (f64, f64), anchor: &'static str, class: &'static str, text: &str) {
    let (x, y) = (number(x), number(y));
    page.line("text", &[("x", &x), ("y", &y), ("text-anchor", anchor), ("class", class)], text);
}

fn line(page: &mut Page, (x1, y1): (f64, f64), (x2, y2): (f64, f64), class: &'static str) {
    let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(number);
    page.empty("line", &[("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2), ("class", class)]);
}

fn rect(page: &mut Page, (x, y): (f64, f64), (width, height): (f64, f64), class: &'static str) {
    let [x, y, width, height] = [x, y, width, height].map(number);
    page.empty("rect", &[("x", &x), ("y", &y), ("width", &width), ("height", &height), ("class", class)]);
}

/// Bars below each other, all on one scale.
pub(super) fn bars(page: &mut Page, says: &str, bars: &[Bar]) {
    let shown: Vec<&Bar> = bars.iter().take(ROWS).collect();
    let total = |bar: &Bar| bar.parts.iter().map(|(_, n)| n).sum::<u64>().max(bar.target.unwrap_or(0));
    let most = shown.iter().map(|bar| total(bar)).max().unwrap_or(0).max(1);
    let scale = (TO - FROM) / float(most);
    svg(page, says, place(shown.len()) * ROW + 4.0, |page| {
        for (at, bar) in shown.iter().enumerate() {
            let top = place(at) * ROW + 2.0;
            text(page, (FROM - 8.0, top + 14.0), "end", "", &truncate(&bar.name, NAME));
            let mut x = FROM;
            for (class, n) in &bar.parts {
                let wide = float(*n) * scale;
                if *n > 0 {
                    rect(page, (x, top + 3.0), (wide, ROW - 8.0), class);
                }
                x += wide;
            }
            if let Some(target) = bar.target {
                let x = FROM + float(target) * scale;
                line(page, (x, top), (x, top + ROW - 2.0), "target");
            }
            text(page, (TO + 8.0, top + 14.0), "start", "faint", &bar.said);
        }
    });
}

/// Columns beside each other; a label stands under every `each`-th.
pub(super) fn columns(page: &mut Page, says: &str, columns: &[(String, u64)], each: usize) {
    let most = columns.iter().map(|(_, n)| *n).max().unwrap_or(0).max(1);
    let (left, right) = (44.0, WIDTH - 8.0);
    let wide = (right - left) / place(columns.len().max(1));
    let bottom = MARGIN / 2.0 + HIGH;
    svg(page, says, bottom + MARGIN, |page| {
        text(page, (left - 6.0, MARGIN / 2.0 + 9.0), "end", "faint", &most.to_string());
        text(page, (left - 6.0, bottom), "end", "faint", "0");
        line(page, (left, bottom), (right, bottom), "axis");
        for (at, (name, n)) in columns.iter().enumerate() {
            let high = float(*n) / float(most) * HIGH;
            let x = left + place(at) * wide;
            if *n > 0 {
                rect(page, (x + wide * 0.1, bottom - high), (wide * 0.8, high), "usable");
            }
            if at % each.max(1) == 0 {
                text(page, (x, bottom + 15.0), "start", "faint", name);
            }
        }
    });
}

/// Numbers from `least` to 1 as dots, their intervals as lines.
pub(super) fn dots(page: &mut Page, says: &str, dots: &[Dot], least: f64) {
    let shown: Vec<&Dot> = dots.iter().take(ROWS).collect();
    let x = |value: f64| FROM + (value.clamp(least, 1.0) - least) / (1.0 - least) * (TO - FROM);
    svg(page, says, place(shown.len()) * ROW + MARGIN, |page| {
        for (at, dot) in shown.iter().enumerate() {
            let middle = place(at) * ROW + ROW / 2.0;
            text(page, (FROM - 8.0, middle + 4.0), "end", "", &truncate(&dot.name, NAME));
            line(page, (FROM, middle), (TO, middle), "axis");
            if let Some(Interval { low, high }) = dot.interval {
                line(page, (x(low), middle), (x(high), middle), "range");
            }
            let (cx, cy) = (number(x(dot.at)), number(middle));
            page.empty("circle", &[("cx", &cx), ("cy", &cy), ("r", "5"), ("class", "dot")]);
            text(page, (TO + 8.0, middle + 4.0), "start", "faint", &dot.said);
        }
        let bottom = place(shown.len()) * ROW + 12.0;
        for value in [least, f64::midpoint(least, 1.0), 1.0] {
            text(page, (x(value), bottom), "middle", "faint", &format!("{value:.1}"));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion_to_the_largest_with_its_target() {
        let bar = |name: &str, n, target| Bar {
            name: name.to_owned(),
            parts: vec![("usable", n)],
            target,
            said: String::new(),
        };
        let mut page = Page::default();
        bars(&mut page, "two values", &[bar("<a>", 50, Some(100)), bar("b", 25, None)]);
        let html = page.finish();
        // 450 units are 100 examples.
        assert!(html.contains("width=\"225.0\"") && html.contains("width=\"112.5\""), "{html}");
        assert!(html.contains("x1=\"640.0\"") && html.contains("&lt;a&gt;"), "{html}");
        assert!(html.contains("role=\"img\" aria-label=\"two values\""), "{html}");
    }

    #[test]
    fn nothing_to_draw_is_drawn_as_nothing() {
        let mut page = Page::default();
        bars(&mut page, "", &[]);
        columns(&mut page, "", &[], 0);
        dots(&mut page, "", &[], 0.0);
        let html = page.finish();
        assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
    }
}
