//! Who is at the keyboard and what they prefer: options first, then `config.toml`, then the system.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::failure::{Failure, Result};
use super::folders::Folders;
use super::out::Color;
use super::progress::Meter;
use crate::dataset::{ColumnFiles, Dataset, Derived, Error, Reader, StoreError, Tagged, View};
use crate::query::Filter;
use crate::text::count::thousands;
use crate::text::toml_error::TomlError;
use crate::text::utf8;
use crate::tui::effect::Moment;
use crate::tui::keymap::BUILT_IN;
use crate::tui::person::{NameFrom, name_of};
use crate::tui::theme::Choice;

/// Options that every subcommand takes.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// Who is at the keyboard [default: `annotator` in config.toml, or the login name]
    #[arg(long = "as", value_name = "NAME", global = true, value_parser = name_of)]
    annotator: Option<String>,
    /// The keymap [default: `keymap` in config.toml, or "default"]
    #[arg(long, value_name = "NAME", global = true, value_parser = keymap_names())]
    keymap: Option<String>,
    /// When to use colours [default: auto, which `NO_COLOR` turns off]
    #[arg(long, value_name = "WHEN", global = true)]
    color: Option<Color>,
    /// The colours of the terminal interface, for a dark or a light background [default: auto, which asks the
    /// terminal]
    #[arg(long, value_name = "NAME", global = true)]
    theme: Option<Choice>,
}

fn keymap_names() -> clap::builder::PossibleValuesParser {
    BUILT_IN.map(|(name, _)| name).into()
}

impl Options {
    /// What was said of colours on the command line.
    pub fn color(&self) -> Option<Color> {
        self.color
    }
}

/// `config.toml`.
#[derive(Debug, Default, Deserialize)]
struct Config {
    annotator: Option<String>,
    keymap: Option<String>,
    color: Option<Color>,
    theme: Option<Choice>,
    mouse: Option<bool>,
    moment: Option<u64>,
    /// What means nothing here: told, and passed over.
    #[serde(flatten)]
    unknown: BTreeMap<String, toml::Value>,
}

/// What holds while the program runs.
#[derive(Debug)]
pub(super) struct Session {
    /// Who is at the keyboard.
    pub annotator: String,
    /// Where that name comes from.
    pub name_from: NameFrom,
    /// The name of a built-in keymap.
    pub keymap: String,
    /// When to use colours.
    pub color: Color,
    /// The colours of the terminal interface.
    pub theme: Choice,
    /// Whether the terminal interface takes the mouse.
    pub mouse: bool,
    /// How long a completed ranking stays on the screen, in milliseconds.
    pub moment: Option<u64>,
    /// The folders.
    pub folders: Folders,
}

impl Session {
    /// Reads the settings.
    pub fn begin(options: &Options) -> Result<Self> {
        let folders = Folders::find();
        let config =
            folders.config_file().map_or_else(|| Ok(Config::default()), |path| read_config(&path))?;
        let name = |variable| std::env::var(variable).ok();
        let names = [
            (options.annotator.clone(), NameFrom::Said),
            (config.annotator, NameFrom::Settings),
            (name("USER"), NameFrom::Guessed),
            (name("LOGNAME"), NameFrom::Guessed),
        ];
        let (annotator, name_from) = names
            .into_iter()
            .find_map(|(name, from)| Some((name_of(&name?).ok()?, from)))
            .unwrap_or_else(|| ("me".to_owned(), NameFrom::Guessed));
        Ok(Self {
            annotator,
            name_from,
            keymap: options.keymap.clone().or(config.keymap).unwrap_or_else(|| "default".to_owned()),
            color: options.color.or(config.color).unwrap_or_default(),
            theme: options.theme.or(config.theme).unwrap_or_default(),
            mouse: config.mouse.unwrap_or(true),
            moment: config.moment,
            folders,
        })
    }

    /// The tags of all examples; of a large dataset they are kept from one time to the next.
    pub fn tagged(&self, reader: &Reader) -> Result<Tagged> {
        Ok(self.columns(reader).map_or_else(|| reader.tagged(), |files| files.tagged(reader))?)
    }

    /// The derived facets of all examples, in the same way.
    pub fn derived(&self, reader: &Reader) -> Result<Derived> {
        Ok(self.columns(reader).map_or_else(|| reader.derived(), |files| files.derived(reader))?)
    }

    fn columns(&self, reader: &Reader) -> Option<ColumnFiles> {
        self.folders.columns_folder().map(|folder| ColumnFiles::of(&folder, reader.path()))
    }

    /// Opens a dataset for writing.
    pub fn dataset(&self, path: &Path) -> Result<Dataset> {
        Ok(Dataset::open(path, &self.annotator)?)
    }

    /// The person's own keymap file and what stands in it, where there is one.
    pub fn user_keys(&self) -> Result<Option<(PathBuf, String)>> {
        let Some(path) = self.folders.keys_file() else { return Ok(None) };
        Ok(read_if_there(&path)?.map(|text| (path, text)))
    }
}

/// Opens a dataset for reading, and tells where it can only be read as it lies there.
pub(super) fn reader(path: &Path) -> Result<Reader> {
    let reader = Reader::open(path)?;
    if let View::AsItLies { unseen } = reader.view() {
        let unseen = match unseen {
            Some(log) => format!("; the last changes, in {}, are not seen", log.display()),
            None => String::new(),
        };
        super::tell(&format!(
            "{} can't be written here, so it is opened as it lies there{unseen}",
            path.display()
        ));
    }
    Ok(reader)
}

/// The same, after what is read off examples was read off all of them, where the file can be written.
pub(super) fn reader_of_traits(path: &Path, session: &Session) -> Result<Reader> {
    let reader = reader(path)?;
    if reader.trait_pending()? == 0 {
        return Ok(reader);
    }
    let writer = match reader.view() {
        View::Live => session.dataset(path).map(Some),
        View::AsItLies { .. } => Ok(None),
    };
    match writer {
        Ok(Some(mut dataset)) => {
            let mut meter = Meter::start();
            dataset.settle_traits_all(&mut |progress| meter.hear(progress))?;
        }
        Ok(None) | Err(Failure::Dataset(Error::Store(StoreError::Unwritable(_)))) => {}
        Err(failure) => return Err(failure),
    }
    tell_of_waiting(&reader)?;
    Ok(reader)
}

/// Tells of the examples of which what is read off them is not known yet.
fn tell_of_waiting(reader: &Reader) -> Result<()> {
    match reader.trait_pending()? {
        0 => {}
        n => super::tell(&format!(
            "{} not looked at yet for language, turns and the like, and counted without; `goldset stats` looks",
            if n == 1 { "1 example is".to_owned() } else { format!("{} examples are", thousands(n)) }
        )),
    }
    Ok(())
}

/// Understands a filter; the failure shows the place that it is about.
pub(super) fn filter(reader: &Reader, text: &str) -> Result<Filter> {
    let filter = reader.filter(text).map_err(|error| match error {
        Error::Query(error) => Failure::filter(text, error),
        other => other.into(),
    })?;
    if filter.names_traits() {
        tell_of_waiting(reader)?;
    }
    Ok(filter)
}

fn read_if_there(path: &Path) -> Result<Option<String>> {
    match std::fs::read(path).and_then(utf8::decode) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::File { name: path.display().to_string(), source }),
    }
}

fn read_config(path: &Path) -> Result<Config> {
    let Some(text) = read_if_there(path)? else { return Ok(Config::default()) };
    let wrong = |at: Option<usize>, reason: &str| {
        let before = at.and_then(|at| text.get(..at)).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        Failure::Said(format!("{}, line {line}: {reason}", path.display()))
    };
    let config: Config = toml::from_str(&text).map_err(|error| {
        let TomlError { line, reason } = TomlError::of(&text, &error);
        Failure::Said(format!("{}, line {line}: {reason}", path.display()))
    })?;
    for name in config.unknown.keys() {
        super::tell(&format!(
            "{}: “{name}” means nothing here and is passed over; there are: annotator, keymap, color, theme, mouse, moment",
            path.display()
        ));
    }
    if config.moment.is_some_and(|moment| moment > Moment::MOST) {
        return Err(wrong(text.find("moment"), "moment is in milliseconds, from 0 to 1000"));
    }
    if let Some(keymap) = &config.keymap
        && !BUILT_IN.iter().any(|(name, _)| name == keymap)
    {
        let known = BUILT_IN.map(|(name, _)| name).join(", ");
        return Err(wrong(
            text.find("keymap"),
            &format!("there is no keymap “{keymap}”; there are: {known}"),
        ));
    }
    Ok(config)
}
