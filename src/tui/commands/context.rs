//! Contexts: where the keys go at a moment, and where a key is looked up next.

/// Where the keys go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Holds everywhere, behind all others.
    Global,
    /// What all screens that one moves about in share. No screen by itself.
    List,
    /// What all places that one types in share. No place by itself.
    Line,
    /// The first screen.
    Home,
    /// The list of examples.
    Browse,
    /// The filter line of the list, being typed.
    Filter,
    /// An example, its turns and responses to be chosen from.
    Write,
    /// A turn or response, being typed.
    Editor,
    /// A turn or response, where keys are commands as in vi.
    Normal,
    /// The same, while moving selects.
    Visual,
    /// After a count or an operator, which waits for a movement.
    Operator,
    /// Where the next character is taken as it is: as a letter to go to, or as the name of a part.
    Character,
    /// What is looked for in a text, being typed.
    Find,
    /// The same, with what is to stand in its place.
    Replace,
    /// The question of each replacement.
    Ask,
    /// The examples that are like the one being written.
    Near,
    /// Responses to be ranked.
    Rank,
    /// What is asked after a ranking.
    Asked,
    /// Submitted work, to be reviewed.
    Review,
    /// What was changed, when and by whom.
    History,
    /// How far annotators agree.
    Agreement,
    /// What is covered, and what to write next.
    Coverage,
    /// What the dataset is ready for.
    Readiness,
    /// Rules that propose tags.
    Rules,
    /// Where models failed, round by round.
    Failures,
    /// How much gets done, and when it will be enough.
    Pace,
    /// How values, lengths, people and splits are spread.
    Balance,
    /// A file for trainers, before it is written.
    Export,
    /// A file that is to come in.
    Import,
    /// Changes of many texts, to be taken or left.
    Changes,
    /// Questions on a page of their own, being answered.
    Form,
    /// Messages and errors, to be read again.
    Log,
    /// The list of all commands, searched by typing.
    Palette,
    /// A menu (of tags, flags, statuses …), searched by typing.
    Picker,
    /// The overlay with the keys.
    Help,
    /// What greets one who names no dataset.
    Welcome,
}

impl Context {
    /// Every context, in the order of keymap files and tables.
    pub const ALL: &'static [Self] = &[
        Self::Global,
        Self::List,
        Self::Line,
        Self::Welcome,
        Self::Home,
        Self::Browse,
        Self::Filter,
        Self::Write,
        Self::Editor,
        Self::Normal,
        Self::Visual,
        Self::Operator,
        Self::Character,
        Self::Find,
        Self::Replace,
        Self::Ask,
        Self::Near,
        Self::Rank,
        Self::Asked,
        Self::Review,
        Self::History,
        Self::Agreement,
        Self::Coverage,
        Self::Readiness,
        Self::Rules,
        Self::Failures,
        Self::Pace,
        Self::Balance,
        Self::Export,
        Self::Import,
        Self::Changes,
        Self::Form,
        Self::Log,
        Self::Palette,
        Self::Picker,
        Self::Help,
    ];

    /// Its table in a keymap file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::List => "list",
            Self::Line => "line",
            Self::Home => "home",
            Self::Browse => "browse",
            Self::Filter => "filter",
            Self::Write => "write",
            Self::Editor => "editor",
            Self::Normal => "normal",
            Self::Visual => "visual",
            Self::Operator => "operator",
            Self::Character => "character",
            Self::Find => "find",
            Self::Replace => "replace",
            Self::Ask => "ask",
            Self::Near => "near",
            Self::Rank => "rank",
            Self::Asked => "asked",
            Self::Review => "review",
            Self::History => "history",
            Self::Agreement => "agreement",
            Self::Coverage => "coverage",
            Self::Readiness => "readiness",
            Self::Rules => "rules",
            Self::Failures => "failures",
            Self::Pace => "pace",
            Self::Balance => "balance",
            Self::Export => "export",
            Self::Import => "import",
            Self::Changes => "changes",
            Self::Form => "form",
            Self::Log => "log",
            Self::Palette => "palette",
            Self::Picker => "picker",
            Self::Help => "help",
            Self::Welcome => "welcome",
        }
    }

    /// Where it is, for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::List => "On every screen",
            Self::Line => "Wherever one types",
            Self::Home => "Home",
            Self::Browse => "Browse",
            Self::Filter => "The filter line",
            Self::Write => "Write",
            Self::Editor => "Writing a text",
            Self::Normal => "In a text, keys as commands",
            Self::Visual => "In a text, selecting",
            Self::Operator => "In a text, after an operator",
            Self::Character => "In a text, before a character",
            Self::Find => "Finding in a text",
            Self::Replace => "Replacing in a text",
            Self::Ask => "Replacing one by one",
            Self::Near => "The nearest examples",
            Self::Rank => "Rank",
            Self::Asked => "Questions after a ranking",
            Self::Review => "Review",
            Self::History => "History",
            Self::Agreement => "Agreement",
            Self::Coverage => "Coverage",
            Self::Readiness => "Readiness",
            Self::Rules => "Rules",
            Self::Failures => "Failures",
            Self::Pace => "Pace",
            Self::Balance => "Balance",
            Self::Export => "Export",
            Self::Import => "Import",
            Self::Changes => "Changes",
            Self::Form => "Questions",
            Self::Log => "Messages",
            Self::Palette => "Commands",
            Self::Picker => "Menus",
            Self::Help => "Keys",
            Self::Welcome => "Welcome",
        }
    }

    /// The context of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|context| context.name() == name)
    }

    /// Where a key is looked up that this context doesn't bind.
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Global => None,
            Self::List | Self::Line | Self::Ask => Some(Self::Global),
            Self::Filter | Self::Editor | Self::Character | Self::Find | Self::Palette | Self::Form => {
                Some(Self::Line)
            }
            Self::Normal => Some(Self::Editor),
            Self::Visual | Self::Operator => Some(Self::Normal),
            Self::Replace => Some(Self::Find),
            Self::Picker => Some(Self::Palette),
            Self::Home
            | Self::Browse
            | Self::Write
            | Self::Near
            | Self::Rank
            | Self::Asked
            | Self::Review
            | Self::History
            | Self::Agreement
            | Self::Coverage
            | Self::Readiness
            | Self::Rules
            | Self::Failures
            | Self::Pace
            | Self::Balance
            | Self::Export
            | Self::Import
            | Self::Changes
            | Self::Log
            | Self::Help
            | Self::Welcome => Some(Self::List),
        }
    }

    /// This context, then those behind it.
    pub fn chain(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |context| context.parent())
    }

    /// Whether a key that types a character types it here.
    pub fn types_text(self) -> bool {
        !matches!(self, Self::Normal | Self::Visual | Self::Operator)
            && self.chain().any(|context| context == Self::Line)
    }

    /// Whether keys are commands of a text, where the keymap has modes, and digits count them.
    pub fn is_moving(self) -> bool {
        matches!(self, Self::Normal | Self::Visual | Self::Operator)
    }

    /// Whether one comes to it only where the keymap has modes.
    pub fn is_of_modes(self) -> bool {
        self.is_moving() || self == Self::Character
    }

    /// Whether one is in a text, typing or not: then no key of [`Context::Global`] that types a
    /// character is heard.
    pub fn is_in_text(self) -> bool {
        self.types_text() || self.is_moving() || self == Self::Ask
    }

    /// Whether a turn or response is open, whatever the keys mean in it now.
    pub fn is_in_editor(self) -> bool {
        matches!(self, Self::Editor | Self::Find | Self::Replace | Self::Ask) || self.is_of_modes()
    }
}

/// What belongs together in the list of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The work at hand: what only this screen has.
    Here,
    /// What one does to examples.
    Example,
    /// From screen to screen.
    Go,
    /// On a screen.
    Move,
    /// In a text.
    Text,
    /// The program itself.
    Program,
}

impl Group {
    /// Every group, in the order in which they are shown.
    pub const ALL: &'static [Self] =
        &[Self::Here, Self::Example, Self::Go, Self::Move, Self::Text, Self::Program];

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Here => "Here",
            Self::Example => "The example",
            Self::Go => "Go to",
            Self::Move => "Move",
            Self::Text => "Text",
            Self::Program => "The program",
        }
    }
}
