//! Commands of other screens: where they do something, and what goes there.

use super::{Command, Context, Group};

/// The screens that one can go to from everywhere, each with what goes there.
const WAYS: &[(Context, Command)] = &[
    (Context::Home, Command::GoHome),
    (Context::Browse, Command::GoBrowse),
    (Context::Write, Command::GoWrite),
    (Context::Rank, Command::GoRank),
    (Context::Review, Command::GoReview),
    (Context::History, Command::GoHistory),
    (Context::Agreement, Command::GoAgreement),
    (Context::Coverage, Command::GoCoverage),
    (Context::Balance, Command::GoBalance),
    (Context::Readiness, Command::GoReadiness),
    (Context::Pace, Command::GoPace),
    (Context::Rules, Command::GoRules),
    (Context::Failures, Command::GoFailures),
    (Context::Import, Command::GoImport),
    (Context::Export, Command::GoExport),
];

impl Command {
    /// The first screen on which it does something, with what goes there; `None` where it does something here
    /// already, or on no screen that one can go to, and of keys that move or type.
    pub fn elsewhere(self, here: Context) -> Option<(Context, Self)> {
        if self.is_valid_in(here) || matches!(self.group(), Group::Move | Group::Text) {
            return None;
        }
        WAYS.iter().copied().find(|(context, _)| self.is_valid_in(*context))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_of_another_screen_knows_its_way() {
        let found = Command::CoverageRename.elsewhere(Context::Home);
        assert_eq!(found, Some((Context::Coverage, Command::GoCoverage)));
        assert_eq!(Command::CoverageRename.elsewhere(Context::Coverage), None);
        assert_eq!(Command::GoHome.elsewhere(Context::Browse), None, "it works everywhere");
        assert_eq!(Command::MoveDown.elsewhere(Context::Editor), None, "moving is no act of a screen");
    }

    #[test]
    fn every_way_works_everywhere() {
        for (context, way) in WAYS {
            assert!(way.is_valid_in(Context::Global), "{}", context.name());
        }
    }
}
