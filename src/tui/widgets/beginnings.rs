//! Commands that begin a new example, the same on every screen.

use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Place, Seed, Tone};

/// What the new example begins with, or what is to be said; `None` where the command begins none.
/// `at` is the example that one is at.
pub fn command(command: Command, at: Option<i64>) -> Option<Result<Seed, Effect>> {
    Some(match command {
        Command::ExampleNew => Ok(Seed::Blank(at)),
        Command::ExampleForGap => Ok(Seed::Gap(at)),
        Command::ExampleVariant => at.map(Seed::Variant).ok_or_else(|| {
            Effect::Say(Tone::Look, "there is no example here that a new one could be like".to_owned())
        }),
        _ => return None,
    })
}

/// The same as effects, for screens where examples are not written.
pub fn go(given: Command, at: Option<i64>) -> Option<Vec<Effect>> {
    let begun = command(given, at)?;
    Some(vec![begun.map_or_else(|says| says, |seed| Effect::Go(Place::WriteNew(seed)))])
}
