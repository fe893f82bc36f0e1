//! The parts of the page, a file for each subject, in the order in which they stand.

mod balance;
mod counts;
mod coverage;
mod crossing;
mod judging;
mod lengths;
mod money;
mod pace;
mod pairs;
mod ready;

use super::facts::Facts;
use super::page::Page;
use crate::text::count::{plural, thousands};

/// A part: its place in the page, its heading, and what stands below it.
struct Section {
    id: &'static str,
    title: &'static str,
    write: fn(&mut Page, &Facts),
}

const SECTIONS: [Section; 13] = [
    Section { id: "ready", title: "Ready to train?", write: ready::write },
    Section { id: "left", title: "What is left to do", write: ready::left },
    Section { id: "counts", title: "Counts", write: counts::statuses },
    Section { id: "coverage", title: "Coverage", write: coverage::write },
    Section { id: "balance", title: "Balance", write: balance::write },
    Section { id: "crossed", title: "Two facets crossed", write: crossing::write },
    Section { id: "next", title: "What to write next", write: crossing::to_write },
    Section { id: "lengths", title: "Lengths", write: lengths::write },
    Section { id: "agreement", title: "Agreement and preference", write: judging::write },
    Section { id: "pairs", title: "Preference pairs", write: pairs::write },
    Section { id: "splits", title: "Splits", write: counts::splits },
    Section { id: "pace", title: "Pace", write: pace::write },
    Section { id: "cost", title: "What training costs", write: money::write },
];

/// The whole page.
pub(super) fn page(facts: &Facts) -> String {
    let mut page = Page::default();
    page.put("html", &[("lang", "en")], |page| {
        page.put("head", &[], |page| head(page, facts));
        page.put("body", &[], |page| body(page, facts));
    });
    page.finish()
}

fn head(page: &mut Page, facts: &Facts) {
    page.empty("meta", &[("charset", "utf-8")]);
    page.empty("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]);
    page.empty("meta", &[("name", "generator"), ("content", "goldset report")]);
    // Nothing is fetched, and nothing runs, whatever a text says.
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    page.empty("meta", &[("http-equiv", "Content-Security-Policy"), ("content", policy)]);
    page.line("title", &[], &format!("{}: how it stands", facts.name));
    page.style(include_str!("../style.css"));
}

fn body(page: &mut Page, facts: &Facts) {
    page.put("header", &[], |page| {
        page.line("h1", &[], &facts.name);
        let (examples, usable) = (plural(facts.counts.total(), "example"), thousands(facts.counts.usable()));
        let moment = facts.moment.told();
        page.line("p", &[("class", "faint")], &format!("{examples}, {usable} usable · {moment}"));
        let class = if facts.is_ready() { "verdict good" } else { "verdict look" };
        page.line("p", &[("class", class)], &facts.assessment.readiness.sentence);
    });
    page.put("nav", &[("aria-label", "Parts of this page")], |page| {
        for section in &SECTIONS {
            page.line("a", &[("href", &format!("#{}", section.id))], section.title);
            page.text(" ");
        }
    });
    page.put("main", &[], |page| {
        for section in &SECTIONS {
            page.put("section", &[], |page| {
                page.line("h2", &[("id", section.id)], section.title);
                (section.write)(page, facts);
            });
        }
    });
    let about = "Usable are examples that are submitted or approved; counted are usable examples, unless it is \
                 said otherwise. Days are those of the clock where the page was made.";
    page.put("footer", &[("class", "faint")], |page| page.paragraph(about));
}
