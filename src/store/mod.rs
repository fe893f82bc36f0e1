//! The store: one SQLite file, its schema, its journal, its live counts and its search index.
//!
//! Nothing here knows what a verb means; it keeps rows, and keeps account of every change to them.

mod ahead;
mod batch;
mod bulk;
mod cells;
mod counts;
mod error;
mod exports;
mod integrity;
mod invert;
mod journal;
mod migrate;
mod open;
mod outcomes;
mod past;
mod queue;
mod rankings;
mod read;
mod reviews;
mod rounds;
mod rows;
mod rules;
mod search;
mod settings;
mod sketches;
mod tables;
mod tag_changes;
mod trait_counts;
mod traits;
mod triggers;
mod write;

pub use bulk::{BulkInsert, Prepared, TagRow};
pub use cells::{
    CellCount, carrying_both, cell_wish, cells, cells_of_value, put_cell, remove_cells_of_value,
};
pub use counts::{AuthorCount, Counts, ExampleCount, FacetCount, FlagCount, ValueCount, read as read_counts};
pub use error::Error;
pub use exports::{ExportRow, export, exports, insert_export};
pub use integrity::{Difference, recount_differences};
pub use invert::invert;
pub use journal::{
    ActionRow, ChangeRow, Mode, STANDS, actions, actions_of_example, adopt_foreign_changes, begin_action,
    changes_of, has_changes, redo_target, undo_target,
};
pub use migrate::LATEST_VERSION;
pub use open::{View, create, has_log, open, open_reader, use_log};
pub use outcomes::{Outcome, OutcomeCount, outcome, settle_all, settle_pending, waiting_for_outcome};
pub use past::{moment_of, restore_texts};
pub use rankings::{insert_repeat, put_ranking, remove_ranking};
pub use read::{definitions, example, example_id_of, examples, people, target, target_of};
pub use reviews::{close_returns, insert_review, look_after, waits_for_somebody};
pub use rounds::{KeptRound, insert_round, is_round, remove_round, round, rounds};
pub use rules::{
    RuleRow, changed_for_rules, delete_rule, examples_after, forget_proposals, insert_rule, put_proposal,
    rule_id, rules, rules_behind, rules_came_to, set_condition, turns_of, update_rule, waiting_for_rules,
};
pub use search::{examples_with_words, index_many, index_pending, pending, words_seen};
pub use settings::{Setting, put_setting, put_template, remove_template, setting, templates};
pub use sketches::{
    First, SketchRow, conversation_of, sketch_pending, sketched, sketches_after, waiting_for_sketch,
    waiting_sketches,
};
pub use tables::{DOMAIN, Table};
pub use tag_changes::{
    TagChanges, action_of_change, count_examples_after, last_change, last_change_of_examples,
    status_and_tags, tags_changed_since, texts_changed_since,
};
pub use trait_counts::{TraitCount, TraitCounts, file_name, read_trait_counts};
pub use traits::{
    TraitRow, each_trait, settle_many_traits, settle_traits, trait_of, traits_since, waiting_for_traits,
};
pub use write::{
    annotator_id, delete_response, facet_id, find_annotator, flag_kind_id, insert_example, insert_flag,
    insert_response, insert_tag, update_prompt, update_response, value_id,
};

/// A result of the store.
pub type Result<T> = std::result::Result<T, Error>;
