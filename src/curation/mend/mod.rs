//! Mends: what turns a text into a better one, or leaves it. To find and replace is one; the
//! normalisers, a file each, are the others.
//!
//! A mend is pure and knows nothing of examples: `dataset` proposes what it would change, people
//! take it or leave it. To add a normaliser: a file with a `NORMALISER` and a line in [`NORMALISERS`].

mod blank_lines;
mod fences;
mod json_layout;
mod line_ends;
mod nfc;
mod quotes;
mod replace;
mod spaces;
mod trailing;
mod zero_width;

pub use replace::{Replace, Replacement};

/// Turns texts into others.
pub trait Mend: Send {
    /// What the text would become; `None` where it stays as it is.
    fn mend(&self, text: &str) -> Option<String>;
}

/// A mend of one kind, which says what it does. Done twice it does no more than done once.
#[derive(Debug)]
pub struct Normaliser {
    /// The word for it on the command line.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What it does, in a sentence.
    pub about: &'static str,
    /// Whether it is done where nobody says which: it then changes nothing that one reads.
    pub usual: bool,
    /// What a text becomes; `None` where it stays as it is.
    pub mend: fn(&str) -> Option<String>,
}

/// The registry, in the order in which they are done.
pub const NORMALISERS: &[Normaliser] = &[
    line_ends::NORMALISER,
    zero_width::NORMALISER,
    spaces::NORMALISER,
    nfc::NORMALISER,
    quotes::NORMALISER,
    json_layout::PRETTY,
    json_layout::COMPACT,
    trailing::NORMALISER,
    blank_lines::NORMALISER,
];

/// The normaliser of that id.
pub fn normaliser(id: &str) -> Option<&'static Normaliser> {
    NORMALISERS.iter().find(|normaliser| normaliser.id == id)
}

/// What is wanted of texts, as data: it becomes a [`Mend`] where it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mending {
    /// Find and replace.
    Replace(Replacement),
    /// Normalise, by the ids of the normalisers.
    Normalise(Vec<String>),
}

impl Mending {
    /// The mend that does it.
    pub fn compile(&self) -> Result<Box<dyn Mend>, MendError> {
        match self {
            Self::Replace(replacement) => Ok(Box::new(Replace::new(replacement)?)),
            Self::Normalise(ids) => Ok(Box::new(Normalise::new(ids)?)),
        }
    }

    /// What it does, as a sentence begins that goes on with "in 214 texts"; what stands after a colon
    /// comes at its end.
    pub fn sentence(&self) -> String {
        match self {
            Self::Replace(replacement) => replacement.sentence(),
            Self::Normalise(ids) => {
                let titles = ids.iter().filter_map(|id| normaliser(id)).map(|known| known.title);
                format!("normalised: {}", titles.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// Why a mend can't be done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MendError {
    /// Nothing is sought.
    #[error("say what to find: an empty text is everywhere")]
    Empty,
    /// Not a regular expression.
    #[error("the expression can't be understood: {0}")]
    Expression(String),
    /// The replacement names a part that the expression has not.
    #[error(
        "the replacement names the part “{name}”, which the expression does not have{hint}; `$$` is a dollar sign"
    )]
    Part {
        /// The name.
        name: String,
        /// What was meant, perhaps.
        hint: String,
    },
    /// No such normaliser.
    #[error("there is no normaliser “{name}”; there are: {known}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// Two that undo each other.
    #[error("json-pretty and json-compact undo each other; name one of them")]
    Against,
    /// None is named.
    #[error("name a normaliser; there are: {0}")]
    None(String),
}

/// Several normalisers, done one after the other until nothing changes any more: what one of them
/// leaves may be another one's business.
#[derive(Debug)]
pub struct Normalise(Vec<&'static Normaliser>);

/// Rounds after which a text is taken as it is. Two are enough for nearly every text.
const ROUNDS: usize = 8;

impl Normalise {
    /// The normalisers of these ids, in the order of the registry.
    pub fn new(ids: &[impl AsRef<str>]) -> Result<Self, MendError> {
        let known = || NORMALISERS.iter().map(|known| known.id).collect::<Vec<_>>().join(", ");
        let is_named = |id: &str| ids.iter().any(|named| named.as_ref() == id);
        if let Some(name) = ids.iter().map(AsRef::as_ref).find(|id| normaliser(id).is_none()) {
            return Err(MendError::Unknown { name: name.to_owned(), known: known() });
        }
        if is_named(json_layout::PRETTY.id) && is_named(json_layout::COMPACT.id) {
            return Err(MendError::Against);
        }
        let chosen: Vec<_> = NORMALISERS.iter().filter(|known| is_named(known.id)).collect();
        if chosen.is_empty() { Err(MendError::None(known())) } else { Ok(Self(chosen)) }
    }
}

impl Mend for Normalise {
    fn mend(&self, text: &str) -> Option<String> {
        let mut mended: Option<String> = None;
        for _ in 0..ROUNDS {
            let mut quiet = true;
            for normaliser in &self.0 {
                if let Some(next) = (normaliser.mend)(mended.as_deref().unwrap_or(text)) {
                    mended = Some(next);
                    quiet = false;
                }
            }
            if quiet {
                break;
            }
        }
        mended.filter(|mended| mended != text)
    }
}

/// What was made of a text, where it is another one.
fn changed(text: &str, mended: String) -> Option<String> {
    (mended != text).then_some(mended)
}

#[cfg(test)]
mod tests;
