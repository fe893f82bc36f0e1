//! The languages that are known, and the names they go by.

use super::syntax::{BARE, C, CSS, GO, JAVA, JAVASCRIPT, JSON, PYTHON, RUST, SHELL, SQL, Syntax, TOML, YAML};

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Prose: nothing in it is styled.
    #[default]
    Plain,
    /// JSON, and objects of it line by line.
    Json,
    /// Markdown, with code between fences.
    Markdown,
    /// HTML and XML.
    Markup,
    /// Python.
    Python,
    /// JavaScript and TypeScript.
    JavaScript,
    /// Rust.
    Rust,
    /// Go.
    Go,
    /// Java, Kotlin and C#.
    Java,
    /// C and C++.
    C,
    /// SQL.
    Sql,
    /// Shells.
    Shell,
    /// Style sheets.
    Css,
    /// YAML.
    Yaml,
    /// TOML and INI.
    Toml,
    /// Code in a language that is not known: strings and numbers only.
    Other,
}

impl Language {
    /// The language that the fence of code names: ` ```python `.
    pub fn named(name: &str) -> Self {
        const NAMES: &[(&[&str], Language)] = &[
            (&["json", "json5", "jsonc", "jsonl", "ndjson"], Language::Json),
            (&["html", "xml", "xhtml", "svg", "vue", "xsd", "htm"], Language::Markup),
            (&["python", "py", "python3", "py3", "starlark"], Language::Python),
            (
                &["javascript", "js", "jsx", "typescript", "ts", "tsx", "node", "mjs", "php", "dart"],
                Language::JavaScript,
            ),
            (&["rust", "rs"], Language::Rust),
            (&["go", "golang"], Language::Go),
            (&["java", "kotlin", "kt", "c#", "csharp", "cs", "scala", "groovy", "swift"], Language::Java),
            (&["c", "cpp", "c++", "cc", "h", "hpp", "objc", "objective-c", "cuda", "arduino"], Language::C),
            (&["sql", "sqlite", "mysql", "postgres", "postgresql", "plsql", "tsql"], Language::Sql),
            (
                &["shell", "sh", "bash", "zsh", "console", "shell-session", "fish", "dockerfile", "makefile"],
                Language::Shell,
            ),
            (&["css", "scss", "less"], Language::Css),
            (&["yaml", "yml"], Language::Yaml),
            (&["toml", "ini", "cfg", "conf", "properties"], Language::Toml),
            (&["text", "txt", "plain", "plaintext", "markdown", "md", "output", "log"], Language::Plain),
        ];
        let is_it = |other: &&str| other.eq_ignore_ascii_case(name);
        let found = NAMES.iter().find(|(names, _)| names.iter().any(is_it));
        found.map_or(Self::Other, |(_, language)| *language)
    }

    /// What the lexer of code has to know of it.
    pub(super) const fn syntax(self) -> &'static Syntax {
        match self {
            Self::Json => &JSON,
            Self::Python => &PYTHON,
            Self::JavaScript => &JAVASCRIPT,
            Self::Rust => &RUST,
            Self::Go => &GO,
            Self::Java => &JAVA,
            Self::C => &C,
            Self::Sql => &SQL,
            Self::Shell => &SHELL,
            Self::Css => &CSS,
            Self::Yaml => &YAML,
            Self::Toml => &TOML,
            // The first three never come to the lexer of code.
            Self::Plain | Self::Markdown | Self::Markup | Self::Other => &BARE,
        }
    }
}
