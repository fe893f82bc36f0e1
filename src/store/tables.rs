//! The domain tables, as the journal sees them: one entry a table.

/// A column of a domain table that the journal keeps.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Whether it holds bytes (an id), which JSON can't: the journal keeps them as hexadecimal.
    pub bytes: bool,
}

const fn plain(name: &'static str) -> Column {
    Column { name, bytes: false }
}

const fn bytes(name: &'static str) -> Column {
    Column { name, bytes: true }
}

/// A domain table.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns that people's work is in; derived ones are left to the triggers.
    pub columns: &'static [Column],
    /// The primary key.
    pub key: &'static [&'static str],
    /// SQL that names a row across copies; `{R}` stands for the row.
    pub row: &'static str,
    /// SQL for the local id of the example that the row belongs to.
    pub example: &'static str,
}

const OWN_ID: &str = "lower(hex({R}.uuid))";

/// Every domain table, parents before children.
pub const DOMAIN: &[Table] = &[
    Table {
        name: "annotator",
        columns: &[plain("id"), bytes("uuid"), plain("name")],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "facet",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("name"),
            plain("several"),
            plain("open"),
            plain("required"),
            plain("position"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "facet_value",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("facet_id"),
            plain("name"),
            plain("target"),
            plain("position"),
            plain("share"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "cell",
        columns: &[plain("id"), bytes("uuid"), plain("value_id"), plain("other_id"), plain("target")],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "flag_kind",
        columns: &[plain("id"), bytes("uuid"), plain("name"), plain("about"), plain("position")],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "import",
        columns: &[plain("id"), bytes("uuid"), plain("source"), plain("format"), plain("at")],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "example",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("kind"),
            plain("status"),
            plain("split"),
            plain("import_id"),
            plain("created_at"),
            bytes("origin"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "{R}.id",
    },
    Table {
        name: "prompt",
        columns: &[
            plain("example_id"),
            plain("messages"),
            plain("tools"),
            plain("metadata"),
            plain("note"),
            plain("tokens"),
        ],
        key: &["example_id"],
        row: "(SELECT lower(hex(uuid)) FROM example WHERE id = {R}.example_id)",
        example: "{R}.example_id",
    },
    Table {
        name: "response",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("example_id"),
            plain("position"),
            plain("author"),
            plain("author_kind"),
            plain("messages"),
            bytes("origin"),
            plain("metadata"),
            plain("tokens"),
            plain("created_at"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "{R}.example_id",
    },
    Table {
        name: "tag",
        columns: &[plain("example_id"), plain("facet_id"), plain("value_id"), plain("several")],
        key: &["example_id", "facet_id", "value_id"],
        row: "(SELECT lower(hex(uuid)) FROM example WHERE id = {R}.example_id) || '/' || \
              (SELECT lower(hex(uuid)) FROM facet_value WHERE id = {R}.value_id)",
        example: "{R}.example_id",
    },
    Table {
        name: "rule",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("name"),
            plain("value_id"),
            plain("condition"),
            plain("position"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "declined",
        columns: &[plain("example_id"), plain("value_id")],
        key: &["example_id", "value_id"],
        row: "(SELECT lower(hex(uuid)) FROM example WHERE id = {R}.example_id) || '/' || \
              (SELECT lower(hex(uuid)) FROM facet_value WHERE id = {R}.value_id)",
        example: "{R}.example_id",
    },
    Table {
        name: "flag",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("example_id"),
            plain("response_id"),
            plain("kind_id"),
            plain("note"),
            plain("annotator_id"),
            plain("resolved"),
            plain("at"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "{R}.example_id",
    },
    Table {
        name: "ranking",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("example_id"),
            plain("annotator_id"),
            plain("at"),
            plain("standing"),
            plain("cannot"),
            plain("strength"),
            plain("certainty"),
            plain("reasons"),
            plain("millis"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "{R}.example_id",
    },
    Table {
        name: "placement",
        columns: &[
            plain("ranking_id"),
            plain("response_id"),
            plain("example_id"),
            plain("tier"),
            plain("shown"),
        ],
        key: &["ranking_id", "response_id"],
        row: "(SELECT lower(hex(uuid)) FROM ranking WHERE id = {R}.ranking_id) || '/' || \
              (SELECT lower(hex(uuid)) FROM response WHERE id = {R}.response_id)",
        example: "{R}.example_id",
    },
    Table {
        name: "rating",
        columns: &[
            plain("ranking_id"),
            plain("response_id"),
            plain("example_id"),
            plain("criterion"),
            plain("value"),
        ],
        key: &["ranking_id", "response_id", "criterion"],
        row: "(SELECT lower(hex(uuid)) FROM ranking WHERE id = {R}.ranking_id) || '/' || \
              (SELECT lower(hex(uuid)) FROM response WHERE id = {R}.response_id) || '/' || {R}.criterion",
        example: "{R}.example_id",
    },
    Table {
        name: "repeat",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("example_id"),
            plain("annotator_id"),
            plain("tiers"),
            plain("bad"),
            plain("presented"),
            plain("cannot"),
            plain("millis"),
            plain("at"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "{R}.example_id",
    },
    Table {
        name: "review",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("example_id"),
            plain("annotator_id"),
            plain("verdict"),
            plain("reason"),
            plain("note"),
            plain("at"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "{R}.example_id",
    },
    Table {
        name: "sent_back",
        columns: &[plain("review_id"), plain("example_id"), plain("annotator_id"), plain("done")],
        key: &["review_id", "annotator_id"],
        row: "(SELECT lower(hex(uuid)) FROM review WHERE id = {R}.review_id) || '/' || \
              (SELECT lower(hex(uuid)) FROM annotator WHERE id = {R}.annotator_id)",
        example: "{R}.example_id",
    },
    Table {
        name: "sample",
        columns: &[
            plain("id"),
            bytes("uuid"),
            plain("name"),
            plain("plan"),
            plain("population"),
            plain("annotator_id"),
            plain("at"),
        ],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "sampled",
        columns: &[plain("sample_id"), plain("example_id"), plain("place")],
        key: &["sample_id", "place"],
        row: "(SELECT lower(hex(uuid)) FROM sample WHERE id = {R}.sample_id) || '/' || {R}.place",
        example: "{R}.example_id",
    },
    Table {
        name: "round",
        columns: &[plain("id"), bytes("uuid"), plain("name"), plain("model"), plain("source"), plain("at")],
        key: &["id"],
        row: OWN_ID,
        example: "NULL",
    },
    Table {
        name: "result",
        columns: &[
            plain("round_id"),
            plain("place"),
            plain("example_id"),
            plain("prompt"),
            plain("passed"),
            plain("score"),
            plain("answer"),
            plain("tags"),
        ],
        key: &["round_id", "place"],
        row: "(SELECT lower(hex(uuid)) FROM round WHERE id = {R}.round_id) || '/' || {R}.place",
        example: "{R}.example_id",
    },
    Table {
        name: "setting",
        columns: &[plain("name"), plain("value")],
        key: &["name"],
        row: "{R}.name",
        example: "NULL",
    },
    Table {
        name: "template",
        columns: &[plain("name"), plain("page")],
        key: &["name"],
        row: "{R}.name",
        example: "NULL",
    },
];

impl Table {
    /// The table of that name.
    pub fn named(name: &str) -> Option<&'static Self> {
        DOMAIN.iter().find(|table| table.name == name)
    }

    /// SQL for the JSON object of a row that is called `row` (an alias, `OLD` or `NEW`).
    pub fn image(&self, row: &str) -> String {
        let fields: Vec<String> = self
            .columns
            .iter()
            .map(|Column { name, bytes }| {
                if *bytes {
                    format!(
                        "'{name}', CASE WHEN {row}.{name} IS NULL THEN NULL ELSE lower(hex({row}.{name})) END"
                    )
                } else {
                    format!("'{name}', {row}.{name}")
                }
            })
            .collect();
        format!("json_object({})", fields.join(", "))
    }
}
