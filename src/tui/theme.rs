//! Styles: few, over the terminal's own fore- and background.
//!
//! On a dark ground they are of the terminal's own sixteen colours. On a light one half of those can't be read
//! (green, yellow and cyan in most palettes), so there they are dark colours of the fixed 256, where the
//! terminal has these. Without colours only bold, faint, underlined and reversed are left; nothing is ever said
//! by colour alone.

use ratatui::style::{Color, Modifier, Style};

use super::effect::Tone;
use super::ground::Ground;

/// Less than the text and still read, on dark and on light grounds, those of Solarized too, which have little
/// contrast themselves.
const GREY: Color = Color::Indexed(244);

/// Which theme somebody wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// The one for the terminal's background, as far as it tells that.
    #[default]
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// Without colours.
    None,
}

/// The colours that a terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// None.
    None,
    /// Sixteen, which look as its owner likes.
    Sixteen,
    /// At least 256, of which those from 16 on look alike everywhere.
    Many,
}

impl Colours {
    /// Those that the terminal says it has.
    pub fn of_terminal() -> Self {
        let has_none =
            std::env::var("TERM").is_ok_and(|term| term == "dumb" || term.ends_with("-m") || term == "vt100");
        match crossterm::style::available_color_count() {
            _ if has_none => Self::None,
            256.. => Self::Many,
            _ => Self::Sixteen,
        }
    }
}

/// The styles of everything that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Of which colours they are.
    colours: Colours,
    /// What is read.
    pub text: Style,
    /// What stands beside it: labels, units, what is done.
    pub faint: Style,
    /// What is selected, or counts now.
    pub accent: Style,
    /// It is as it should be.
    pub good: Style,
    /// One should look at it.
    pub look: Style,
    /// It is wrong.
    pub bad: Style,
    /// The name of a part of the screen.
    pub heading: Style,
    /// Keys, where the screen names them.
    pub key: Style,
    /// What was searched for, where it was found.
    pub found: Style,
    /// What stands for a character that can't be drawn.
    pub mark: Style,
    /// Names that give JSON and code their structure: keys, keywords.
    pub syntax_name: Style,
    /// Values in JSON and code: strings, numbers.
    pub syntax_value: Style,
}

impl Theme {
    /// For a ground and a terminal.
    pub const fn of(ground: Ground, colours: Colours) -> Self {
        match (colours, ground) {
            (Colours::None, _) => Self::plain(),
            (Colours::Sixteen, Ground::Dark) => Self::coloured(),
            (Colours::Sixteen, Ground::Light) => Self::few_on_light(),
            // Grey and not faint: how that is drawn is the terminal's own, and in some it can't be read.
            (Colours::Many, Ground::Dark) => {
                Self { faint: Style::new().fg(GREY), colours, ..Self::coloured() }
            }
            (Colours::Many, Ground::Light) => Self::many_on_light(),
        }
    }

    /// The same on another ground.
    #[must_use]
    pub const fn on(&self, ground: Ground) -> Self {
        Self::of(ground, self.colours)
    }

    /// With the sixteen colours, on a dark ground.
    pub const fn coloured() -> Self {
        Self {
            colours: Colours::Sixteen,
            accent: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            good: Style::new().fg(Color::Green),
            look: Style::new().fg(Color::Yellow),
            // The bright ones: the dark red and blue of many terminals can't be read on black.
            bad: Style::new().fg(Color::LightRed),
            found: Style::new().fg(Color::Cyan).add_modifier(Modifier::UNDERLINED),
            mark: Style::new().fg(Color::Magenta),
            syntax_name: Style::new().fg(Color::LightBlue),
            syntax_value: Style::new().fg(Color::Cyan),
            ..Self::plain()
        }
    }

    /// With the three of the sixteen that can be read on a light ground; not in bold, which some terminals make
    /// brighter.
    const fn few_on_light() -> Self {
        Self {
            colours: Colours::Sixteen,
            accent: Style::new().fg(Color::Blue),
            bad: Style::new().fg(Color::Red),
            found: Style::new().fg(Color::Blue).add_modifier(Modifier::UNDERLINED),
            mark: Style::new().fg(Color::Magenta),
            syntax_name: Style::new().fg(Color::Blue),
            ..Self::plain()
        }
    }

    /// With dark colours of the 256 on a light ground.
    const fn many_on_light() -> Self {
        let (blue, teal) = (Color::Indexed(25), Color::Indexed(30));
        Self {
            colours: Colours::Many,
            faint: Style::new().fg(GREY),
            accent: Style::new().fg(blue).add_modifier(Modifier::BOLD),
            good: Style::new().fg(Color::Indexed(28)),
            look: Style::new().fg(Color::Indexed(130)),
            bad: Style::new().fg(Color::Indexed(160)),
            found: Style::new().fg(blue).add_modifier(Modifier::UNDERLINED),
            mark: Style::new().fg(Color::Indexed(90)),
            syntax_name: Style::new().fg(blue),
            syntax_value: Style::new().fg(teal),
            ..Self::plain()
        }
    }

    /// Without colours.
    pub const fn plain() -> Self {
        Self {
            colours: Colours::None,
            text: Style::new(),
            faint: Style::new().add_modifier(Modifier::DIM),
            accent: Style::new().add_modifier(Modifier::BOLD),
            good: Style::new(),
            look: Style::new().add_modifier(Modifier::BOLD),
            bad: Style::new().add_modifier(Modifier::BOLD),
            heading: Style::new().add_modifier(Modifier::BOLD),
            key: Style::new().add_modifier(Modifier::BOLD),
            found: Style::new().add_modifier(Modifier::UNDERLINED),
            mark: Style::new().add_modifier(Modifier::REVERSED),
            syntax_name: Style::new().add_modifier(Modifier::BOLD),
            syntax_value: Style::new(),
        }
    }

    /// The one that somebody wants, as far as the terminal can show it; until that tells more, on the ground that
    /// the variable `COLORFGBG` names.
    pub fn of_terminal(choice: Choice) -> Self {
        let said = || std::env::var("COLORFGBG").ok().and_then(|value| Ground::of_variable(&value));
        let ground = match choice {
            Choice::None => return Self::plain(),
            Choice::Dark => Ground::Dark,
            Choice::Light => Ground::Light,
            Choice::Auto => said().unwrap_or_default(),
        };
        Self::of(ground, Colours::of_terminal())
    }

    /// The style of a message.
    pub const fn tone(&self, tone: Tone) -> Style {
        match tone {
            Tone::Good => self.good,
            Tone::Look => self.look,
            Tone::Bad => self.bad,
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::coloured()
    }
}

#[cfg(test)]
mod tests;
