//! The words of each language, sorted.

#[rustfmt::skip]
pub(super) const PYTHON: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class",
    "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if",
    "import", "in", "is", "lambda", "match", "nonlocal", "not", "or", "pass", "raise", "return", "try",
    "while", "with", "yield",
];

#[rustfmt::skip]
pub(super) const JAVASCRIPT: &[&str] = &[
    "abstract", "any", "as", "async", "await", "boolean", "break", "case", "catch", "class", "const",
    "continue", "debugger", "declare", "default", "delete", "do", "else", "enum", "export", "extends",
    "false", "finally", "for", "from", "function", "get", "if", "implements", "import", "in",
    "instanceof", "interface", "let", "new", "null", "number", "of", "private", "protected", "public",
    "readonly", "return", "set", "static", "string", "super", "switch", "this", "throw", "true", "try",
    "type", "typeof", "undefined", "unknown", "var", "void", "while", "with", "yield",
];

#[rustfmt::skip]
pub(super) const RUST: &[&str] = &[
    "Self", "as", "async", "await", "bool", "break", "char", "const", "continue", "crate", "dyn",
    "else", "enum", "extern", "f32", "f64", "false", "fn", "for", "i128", "i16", "i32", "i64", "i8",
    "if", "impl", "in", "isize", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return",
    "self", "static", "str", "struct", "super", "trait", "true", "type", "u128", "u16", "u32", "u64",
    "u8", "unsafe", "use", "usize", "where", "while",
];

#[rustfmt::skip]
pub(super) const GO: &[&str] = &[
    "any", "bool", "break", "byte", "case", "chan", "const", "continue", "default", "defer", "else",
    "error", "fallthrough", "false", "float64", "for", "func", "go", "goto", "if", "import", "int",
    "int64", "interface", "map", "nil", "package", "range", "return", "rune", "select", "string",
    "struct", "switch", "true", "type", "var",
];

#[rustfmt::skip]
pub(super) const JAVA: &[&str] = &[
    "abstract", "as", "boolean", "break", "byte", "case", "catch", "char", "class", "const", "continue",
    "default", "do", "double", "else", "enum", "extends", "false", "final", "finally", "float", "for",
    "foreach", "fun", "if", "implements", "import", "in", "instanceof", "int", "interface", "internal",
    "is", "long", "namespace", "new", "null", "object", "override", "package", "private", "protected",
    "public", "readonly", "record", "return", "sealed", "short", "static", "string", "super", "switch",
    "this", "throw", "throws", "true", "try", "using", "val", "var", "virtual", "void", "volatile",
    "when", "while", "yield",
];

#[rustfmt::skip]
pub(super) const C: &[&str] = &[
    "auto", "bool", "break", "case", "catch", "char", "class", "const", "constexpr", "continue",
    "default", "define", "delete", "do", "double", "else", "endif", "enum", "extern", "false", "float",
    "for", "goto", "if", "ifdef", "ifndef", "include", "inline", "int", "long", "namespace", "new",
    "nullptr", "operator", "override", "pragma", "private", "protected", "public", "return", "short",
    "signed", "sizeof", "static", "struct", "switch", "template", "this", "throw", "true", "try",
    "typedef", "typename", "union", "unsigned", "using", "virtual", "void", "volatile", "while",
];

#[rustfmt::skip]
pub(super) const SQL: &[&str] = &[
    "all", "alter", "and", "any", "as", "asc", "avg", "begin", "between", "by", "case", "cast", "check",
    "coalesce", "commit", "constraint", "count", "create", "cross", "date", "default", "delete", "desc",
    "distinct", "drop", "else", "end", "except", "exists", "false", "foreign", "from", "full", "group",
    "having", "if", "in", "index", "inner", "insert", "int", "integer", "intersect", "into", "is",
    "join", "key", "left", "like", "limit", "max", "min", "not", "null", "offset", "on", "or", "order",
    "outer", "over", "partition", "primary", "references", "right", "rollback", "select", "set", "sum",
    "table", "text", "then", "true", "union", "unique", "update", "using", "values", "varchar", "view",
    "when", "where", "with",
];

#[rustfmt::skip]
pub(super) const SHELL: &[&str] = &[
    "break", "case", "cd", "continue", "do", "done", "echo", "elif", "else", "esac", "exit", "export",
    "fi", "for", "function", "if", "in", "local", "return", "select", "set", "shift", "source", "sudo",
    "then", "trap", "unset", "until", "while",
];
