//! Forms that are only read: of public datasets, of tools for labelling, of judges.

use super::Format;

mod answers;
mod arena;
mod argilla;
mod capybara;
mod doccano;
mod dolly;
mod easy_dataset;
mod helpsteer;
mod helpsteer_preference;
mod hh_rlhf;
mod judged;
mod judged_pair;
mod kiln;
mod label_studio;
mod math_shepherd;
mod message_tree;
mod nectar;
mod oasst;
mod oasst_tree;
mod prm800k;
mod prodigy;
mod scored_pair;
mod seed_tasks;
mod shp;
mod source;
mod squad;
mod task;
mod tldr_comparisons;
mod turns;
mod ultrafeedback;

/// The formats, in the order in which they are listed and tried.
pub(super) const FORMATS: &[&dyn Format] = &[
    &answers::ANSWERS,
    &judged_pair::JudgedPair,
    &hh_rlhf::HH_RLHF,
    &message_tree::MESSAGE_TREE,
    &oasst_tree::OASST_TREE,
    &ultrafeedback::ULTRAFEEDBACK,
    &scored_pair::SCORED_PAIR,
    &helpsteer::HELPSTEER,
    &helpsteer_preference::HELPSTEER_PREFERENCE,
    &nectar::NECTAR,
    &arena::ARENA,
    &shp::SHP,
    &prm800k::PRM800K,
    &math_shepherd::MATH_SHEPHERD,
    &tldr_comparisons::TLDR_COMPARISONS,
    &capybara::CAPYBARA,
    &dolly::DOLLY,
    &seed_tasks::SEED_TASKS,
    &squad::SQUAD,
    &argilla::RECORDS,
    &argilla::FLAT,
    &label_studio::JSON,
    &label_studio::MIN,
    &doccano::DOCCANO,
    &prodigy::PRODIGY,
    &kiln::KILN,
    &easy_dataset::EASY_DATASET,
];
