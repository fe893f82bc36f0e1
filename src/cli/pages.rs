//! What the subcommands that read pages share: where a page comes from, and its way through an editor.

use std::io::{BufRead, IsTerminal, Write};

use super::failure::{Failure, Result};
use super::tell;
use super::terminal;
use crate::example::{Tag, Template};
use crate::external::{self, EditorError, Opening};
use crate::formats::page::{self, PageError, Read};
use crate::text::harmless::{harmless, harmless_lines};

/// What came of a page in an editor.
pub(super) enum Edited {
    /// It can be read.
    Read(Box<Read>),
    /// It was left as it was, or left empty.
    Same,
    /// It can't be read; what was written is kept, and all is told.
    Wrong,
}

/// Lets the person change a page in their editor until it can be read, or until they give up.
pub(super) fn edit(
    name: &str,
    page: &str,
    read: impl Fn(&str) -> std::result::Result<Read, Vec<PageError>>,
) -> Result<Edited> {
    let named =
        ["VISUAL", "EDITOR"].iter().any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    if !named && !terminal::is_there() {
        return Err(Failure::Said(
            "there is no terminal to open an editor on, and EDITOR names none; \"-\" reads a page from the standard input"
                .to_owned(),
        ));
    }
    let mut text = page.trim_end_matches('\n').to_owned();
    let mut is_again = false;
    loop {
        let opening = Opening { name, text: &text, line: page::line_to_mend(&text) };
        let left = external::edit(&opening).map_err(|why| failed(&why))?;
        let left = match left {
            Some(left) if left.trim().is_empty() => return Ok(Edited::Same),
            Some(left) => left,
            None if is_again => {
                keep(name, &text);
                return Ok(Edited::Wrong);
            }
            None => return Ok(Edited::Same),
        };
        let errors = match read(&left) {
            Ok(read) => return Ok(Edited::Read(Box::new(read))),
            Err(errors) => errors,
        };
        let (again, _) = page::with_errors(&left, &errors);
        tell_errors("the page", &errors);
        if !wants_again() {
            keep(name, &left);
            return Ok(Edited::Wrong);
        }
        again.trim_end_matches('\n').clone_into(&mut text);
        is_again = true;
    }
}

fn failed(why: &EditorError) -> Failure {
    Failure::Said(why.to_string())
}

fn keep(name: &str, text: &str) {
    match external::keep(name, text) {
        Ok(path) => tell(&format!("nothing was changed; what you wrote is in {}", path.display())),
        Err(error) => tell(&format!("nothing was changed, and what you wrote could not be kept: {error}")),
    }
}

/// Says what is wrong with a page, line by line.
pub(super) fn tell_errors(name: &str, errors: &[PageError]) {
    for error in errors {
        tell(&format!("{name}, {error}"));
    }
}

/// Asks on the terminal; where there is none, nobody wants to try again.
fn wants_again() -> bool {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return false;
    }
    let mut err = std::io::stderr();
    let _ = write!(err, "open it again to mend this? [Y/n] ").and_then(|()| err.flush());
    let mut answer = String::new();
    match std::io::stdin().lock().read_line(&mut answer) {
        Ok(0) | Err(_) => false,
        Ok(_) => !answer.trim().to_lowercase().starts_with('n'),
    }
}

/// A page on the standard output: as it is, and to a terminal so that nothing in it is obeyed.
pub(super) fn print(page: &str, out: &mut super::out::Out) -> Result<()> {
    if std::io::stdout().is_terminal() {
        out.bytes(harmless_lines(page).as_bytes())?;
    } else {
        out.bytes(page.as_bytes())?;
    }
    Ok(())
}

/// The template of that name.
pub(super) fn template<'a>(templates: &'a [Template], name: &str) -> Result<&'a Template> {
    templates.iter().find(|template| template.name == name).ok_or_else(|| {
        let known: Vec<&str> = templates.iter().map(|template| template.name.as_str()).collect();
        let known = match known.as_slice() {
            [] => "there is none yet; `goldset template DATASET --set NAME FILE` keeps one".to_owned(),
            known => format!("there are: {}", known.join(", ")),
        };
        Failure::Said(format!("there is no template “{}”; {}", harmless(name), harmless(&known)))
    })
}

/// `FACET:VALUE`; an equals sign does as well.
pub(super) fn parse_tag(text: &str) -> std::result::Result<Tag, String> {
    match text.split_once([':', '=']) {
        Some((facet, value)) if !facet.trim().is_empty() && !value.trim().is_empty() => {
            Ok(Tag::new(facet.trim(), value.trim()))
        }
        _ => Err("a tag is FACET:VALUE, as in intent:refund".to_owned()),
    }
}
