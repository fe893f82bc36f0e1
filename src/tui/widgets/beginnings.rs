//! Commands that begin a new example, the same on every screen.

use crate::tui::commands::Command;
use crate::tui::effect::{Effect, Picker, PickerItem, Place, Purpose, Seed, Shared, Tone};

/// What the new example begins with, or what is to be done first; `None` where the command begins
/// none. `at` is the example that one is at.
pub fn command(command: Command, at: Option<i64>, shared: &Shared) -> Option<Result<Seed, Effect>> {
    let look = |sentence: &str| Effect::Say(Tone::Look, sentence.to_owned());
    Some(match command {
        Command::ExampleNew => Ok(Seed::Blank(at)),
        Command::ExampleForGap => Ok(Seed::Gap(at)),
        Command::ExampleVariant => {
            at.map(Seed::Variant).ok_or_else(|| look("there is no example here that a new one could be like"))
        }
        Command::ExampleFromTemplate => match shared.definitions.templates.as_slice() {
            [] => {
                Err(look("there are no templates yet: “keep as a template” on Write makes one of an example"))
            }
            [only] => Ok(Seed::Template(only.name.clone())),
            several => {
                let item = |name: &str| PickerItem {
                    group: String::new(),
                    value: name.to_owned(),
                    detail: String::new(),
                    chosen: false,
                };
                Err(Effect::Pick(Picker {
                    title: "New example from which template?".to_owned(),
                    items: several.iter().map(|template| item(&template.name)).collect(),
                    several: false,
                    open: false,
                    purpose: Purpose::Template,
                }))
            }
        },
        _ => return None,
    })
}

/// What the new example begins with after a template was chosen.
pub fn picked(names: &[String]) -> Option<Seed> {
    names.first().cloned().map(Seed::Template)
}

/// The same as effects, for screens where examples are not written.
pub fn go(given: Command, at: Option<i64>, shared: &Shared) -> Option<Vec<Effect>> {
    let begun = command(given, at, shared)?;
    Some(vec![begun.map_or_else(|instead| instead, |seed| Effect::Go(Place::WriteNew(seed)))])
}

/// The same after a template was chosen; `None` where something else was.
pub fn go_picked(purpose: &Purpose, names: &[String]) -> Option<Vec<Effect>> {
    let seed = (*purpose == Purpose::Template).then(|| picked(names))?;
    Some(seed.map(|seed| Effect::Go(Place::WriteNew(seed))).into_iter().collect())
}
