//! Styles: few, of the terminal's own sixteen colours over its own fore- and background, so that
//! light and dark terminals are served alike. Without colours only bold, faint, underlined and
//! reversed are left; nothing is ever said by colour alone.

use ratatui::style::{Color, Modifier, Style};

use super::effect::Tone;

/// The styles of everything that is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
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
    /// With the sixteen colours.
    pub const fn coloured() -> Self {
        Self {
            accent: Style::new().fg(Color::Cyan).add_modifier(Modifier::BOLD),
            good: Style::new().fg(Color::Green),
            look: Style::new().fg(Color::Yellow),
            bad: Style::new().fg(Color::Red),
            found: Style::new().fg(Color::Cyan).add_modifier(Modifier::UNDERLINED),
            mark: Style::new().fg(Color::Magenta),
            // The bright one: the dark blue of many terminals can't be read on black.
            syntax_name: Style::new().fg(Color::LightBlue),
            syntax_value: Style::new().fg(Color::Cyan),
            ..Self::plain()
        }
    }

    /// Without colours.
    pub const fn plain() -> Self {
        Self {
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

    /// With colours where they are wanted and the terminal has them.
    pub fn of_terminal(wanted: bool) -> Self {
        let has_none =
            std::env::var("TERM").is_ok_and(|term| term == "dumb" || term.ends_with("-m") || term == "vt100");
        if wanted && !has_none { Self::coloured() } else { Self::plain() }
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
mod tests {
    use super::*;

    #[test]
    fn without_colours_there_are_none() {
        let theme = Theme::plain();
        let styles = [
            theme.text,
            theme.faint,
            theme.accent,
            theme.good,
            theme.look,
            theme.bad,
            theme.heading,
            theme.key,
            theme.found,
            theme.mark,
            theme.syntax_name,
            theme.syntax_value,
        ];
        assert!(styles.iter().all(|style| style.fg.is_none() && style.bg.is_none()));
    }
}
