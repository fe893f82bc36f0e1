//! The keymap as a table to be printed, kept in the README, or read by scripts.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Keymap, print_sequence};
use crate::tui::commands::{Command, Context};

/// A command with its keys in one table of the keymap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// The table of the keymap file.
    pub context: &'static str,
    /// The keys, as the file spells them; none where the command is only in the palette.
    pub keys: Vec<String>,
    /// The command's id.
    pub command: &'static str,
    /// What it does, in a few words.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
}

impl Keymap {
    /// Every command with its keys, table by table, in the order of the tables. A command without
    /// a key stands in the first of its contexts.
    pub fn rows(&self) -> Vec<KeyRow> {
        let mut rows = Vec::new();
        let has_modes = self.has_modes();
        for &context in Context::ALL.iter().filter(|context| has_modes || !context.is_of_modes()) {
            for &command in Command::ALL {
                let keys: Vec<_> =
                    self.tables.sequences(context, command).into_iter().map(print_sequence).collect();
                if !keys.is_empty() || self.is_keyless(command, context) {
                    rows.push(KeyRow {
                        context: context.name(),
                        keys,
                        command: command.id(),
                        title: command.title(),
                        help: command.help(),
                    });
                }
            }
        }
        rows
    }

    fn is_keyless(&self, command: Command, context: Context) -> bool {
        command.contexts().next() == Some(context)
            && Context::ALL.iter().all(|&any| self.tables.sequences(any, command).is_empty())
    }

    /// The same as Markdown: a heading and a table for each context.
    pub fn markdown_table(&self) -> String {
        let mut markdown = String::new();
        let mut heading = "";
        for row in self.rows() {
            if row.context != heading {
                let title = Context::from_name(row.context).map_or(row.context, Context::title);
                let gap = if markdown.is_empty() { "" } else { "\n" };
                // Writing to a string can't fail.
                let _ = write!(markdown, "{gap}### {title} `[{}]`\n\n", row.context);
                markdown.push_str("| key | does | command |\n| --- | --- | --- |\n");
                heading = row.context;
            }
            let keys: Vec<_> = row.keys.iter().map(|keys| code(keys)).collect();
            let _ = writeln!(markdown, "| {} | {} | `{}` |", keys.join(", "), row.help, row.command);
        }
        markdown
    }
}

/// Keys as code in a cell of a Markdown table.
fn code(keys: &str) -> String {
    let escaped = keys.replace('|', "\\|");
    if escaped.contains('`') { format!("`` {escaped} ``") } else { format!("`{escaped}`") }
}
