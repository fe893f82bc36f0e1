//! The palette: a list that is searched by typing. Commands are found with it, and what a menu
//! offers. It is a model only; the screen draws what it says.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::commands::{Command, Context, Group};
use super::keymap::Keymap;

/// What a hit in the title is worth above one in the detail.
const TITLE_FIRST: i64 = 1_000;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// What it is called. This is what is searched first, and highlighted.
    pub title: String,
    /// What it belongs to: shown before the first of a group. Where the title begins with it and a
    /// colon, only the rest of the title is shown. May be empty.
    pub group: String,
    /// More about it; searched too.
    pub detail: String,
    /// The keys that do the same, if any.
    pub keys: String,
    /// Other words for it; searched as whole words are, and not shown.
    pub words: &'static str,
    /// Whether it is marked, in menus from which one can choose several.
    pub is_marked: bool,
    /// Whether it comes after all others that answer what was typed as well.
    pub is_last: bool,
}

impl Item {
    /// How many bytes and characters of the title the group shows already.
    pub fn group_len(&self) -> (usize, usize) {
        let rest = self.title.strip_prefix(&self.group).and_then(|rest| rest.strip_prefix(':'));
        let bytes = rest.filter(|_| !self.group.is_empty()).map_or(0, |rest| self.title.len() - rest.len());
        (bytes, self.title.get(..bytes).map_or(0, |shown| shown.chars().count()))
    }
}

/// An item that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Its place in [`Palette::items`].
    pub item: usize,
    /// The characters of the title that were typed, counted in characters, in order.
    pub hits: Vec<usize>,
}

/// A list, what was typed, what was found and what is selected.
#[derive(Debug, Clone, Default)]
pub struct Palette {
    items: Vec<Item>,
    folded: Vec<Searched>,
    query: String,
    matches: Vec<Match>,
    selected: usize,
}

impl Palette {
    /// A palette of these items, with nothing typed: all are listed in their order.
    pub fn new(items: Vec<Item>) -> Self {
        let folded = items.iter().map(Searched::new).collect();
        let mut palette = Self { items, folded, ..Self::default() };
        palette.search();
        palette
    }

    /// The palette of the commands that do something in a context, in the order of the table, with
    /// those of `behind`, which is what one comes back to from there. Moving about and typing, which
    /// one does with keys, come last; after them, on a screen, what is done on other screens, so that it is
    /// found where it is looked for.
    pub fn of_commands(keymap: &Keymap, context: Context, behind: Option<Context>) -> (Self, Vec<Command>) {
        let is_move = |command: Command| command.group() == Group::Move;
        let is_behind =
            |command: Command| !is_move(command) && behind.is_some_and(|behind| command.is_valid_in(behind));
        let mut offered: Vec<Command> = Command::ALL
            .iter()
            .copied()
            .filter(|&command| command.is_valid_in(context) || is_behind(command))
            .filter(|command| *command != Command::AppPalette)
            .filter(|command| keymap.has_modes() || *command != Command::EditorNormalMode)
            .collect();
        // The sort is stable: the others stay in the order of the table. What leaves the program is
        // not what two quick keys should find.
        offered.sort_by_key(|command| match (command, command.group()) {
            (_, Group::Move | Group::Text) => 2,
            (Command::AppQuit, _) => 1,
            _ => 0,
        });
        let here = offered.iter().map(|command| Item {
            title: command.title().to_owned(),
            words: command.short(),
            detail: command.help().to_owned(),
            keys: keymap.keys_for(*command, context).join("  "),
            ..Item::default()
        });
        let is_screen = behind.is_none() && !context.is_in_editor();
        let elsewhere: Vec<_> = Command::ALL
            .iter()
            .filter_map(|command| Some((*command, command.elsewhere(context).filter(|_| is_screen)?)))
            .collect();
        let first = |command: Command, context| keymap.keys_for(command, context).into_iter().next();
        let there = elsewhere.iter().map(|(command, (screen, way))| Item {
            title: command.title().to_owned(),
            words: command.short(),
            detail: format!("On {}: {}", screen.title(), command.help()),
            // one after the other
            keys: first(*way, context)
                .into_iter()
                .chain(first(*command, *screen))
                .collect::<Vec<_>>()
                .join(" "),
            is_last: true,
            ..Item::default()
        });
        let palette = Self::new(here.chain(there).collect());
        offered.extend(elsewhere.iter().map(|(command, _)| *command));
        (palette, offered)
    }

    /// All items, in their order.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// What was typed.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// What was found: the best first, equals in the order of the items.
    pub fn matches(&self) -> &[Match] {
        &self.matches
    }

    /// The place of the selected match among [`Palette::matches`].
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// The place of the selected item among [`Palette::items`].
    pub fn chosen(&self) -> Option<usize> {
        self.matches.get(self.selected).map(|found| found.item)
    }

    /// Takes what was typed, searches, and selects the best.
    pub fn set_query(&mut self, query: impl Into<String>) {
        let query = query.into();
        if query != self.query {
            self.query = query;
            self.search();
        }
    }

    /// Selects the match that is `by` further on; past either end it begins at the other.
    pub fn step(&mut self, by: isize) {
        if let Some(count) = isize::try_from(self.matches.len()).ok().filter(|&count| count > 0) {
            let now = isize::try_from(self.selected).unwrap_or(0);
            self.selected = (now + by % count).rem_euclid(count).unsigned_abs();
        }
    }

    /// Selects the match that is `by` further on, and stops at the ends.
    pub fn jump(&mut self, by: isize) {
        let last = self.matches.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Marks the selected item, or takes its mark away, and goes on to the next.
    pub fn toggle(&mut self) {
        if let Some(item) = self.chosen().and_then(|at| self.items.get_mut(at)) {
            item.is_marked = !item.is_marked;
            self.jump(1);
        }
    }

    /// Adds an item below the others.
    pub fn push(&mut self, item: Item) {
        self.folded.push(Searched::new(&item));
        self.items.push(item);
        self.search();
    }

    fn search(&mut self) {
        self.selected = 0;
        let folded = Folded::new(&self.query).text;
        let words: Vec<&str> = folded.split_whitespace().collect();
        let matcher = SkimMatcherV2::default().respect_case();
        let mut found = Vec::new();
        for (item, (searched, shown)) in self.folded.iter().zip(&self.items).enumerate() {
            if let Some((score, hits)) = score(&matcher, &words, searched) {
                // letters that are scattered over other words are a guess
                let is_guess = !searched.says(&words);
                found.push(((is_guess, shown.is_last, std::cmp::Reverse(score)), Match { item, hits }));
            }
        }
        // The sort is stable: equals stay in the order of the items.
        found.sort_by_key(|(rank, _)| *rank);
        self.matches = found.into_iter().map(|(_, found)| found).collect();
    }
}

/// How well an item answers: every word must be found, in the title or, for less, in the detail.
fn score(matcher: &SkimMatcherV2, words: &[&str], searched: &Searched) -> Option<(i64, Vec<usize>)> {
    let Searched { title, own, words: _, detail } = searched;
    let mut total = 0;
    let mut hits = Vec::new();
    for word in words {
        let rest = title.text.get(own.byte..).unwrap_or_default();
        // Of `language:en`, what is typed means `en` rather than the letters of the facet.
        if own.byte > 0
            && let Some((score, at)) = matcher.fuzzy_indices(rest, word)
        {
            total += score + 2 * TITLE_FIRST;
            let at = at.into_iter().filter_map(|at| title.origin.get(own.char + at));
            hits.extend(at.flat_map(Clone::clone));
        } else if let Some((score, at)) = matcher.fuzzy_indices(&title.text, word) {
            total += score + TITLE_FIRST;
            hits.extend(at.into_iter().filter_map(|at| title.origin.get(at)).flat_map(Clone::clone));
        } else if !detail.text.contains(word) && !searched.words.contains(word) {
            // A sentence holds the letters of nearly any word somewhere: here they must be together.
            return None;
        }
    }
    hits.sort_unstable();
    hits.dedup();
    Some((total, hits))
}

/// An item as it is searched.
#[derive(Debug, Clone, Default)]
struct Searched {
    title: Folded,
    /// Where that begins in the title which its group does not show already.
    own: Own,
    words: String,
    detail: Folded,
}

/// A place in a folded text.
#[derive(Debug, Clone, Copy, Default)]
struct Own {
    byte: usize,
    char: usize,
}

impl Searched {
    fn new(item: &Item) -> Self {
        let shown = item.title.get(..item.group_len().0).unwrap_or_default();
        let shown = Folded::new(shown).text;
        let own = Own { byte: shown.len(), char: shown.chars().count() };
        let words = Folded::new(item.words).text;
        Self { title: Folded::new(&item.title), own, words, detail: Folded::new(&item.detail) }
    }

    /// Whether each of these begins a word of what it is called.
    fn says(&self, typed: &[&str]) -> bool {
        let called = || {
            [&self.title.text, &self.words]
                .into_iter()
                .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        };
        typed.iter().all(|typed| called().any(|word| word.starts_with(typed)))
    }
}

/// Text as it is compared: compatibility forms and case are one.
#[derive(Debug, Clone, Default)]
struct Folded {
    text: String,
    /// For every character of `text`, the characters of the original that it comes from.
    origin: Vec<std::ops::Range<usize>>,
}

impl Folded {
    fn new(original: &str) -> Self {
        let mut folded = Self::default();
        let mut at = 0;
        for cluster in original.graphemes(true) {
            let after = at + cluster.chars().count();
            for c in cluster.nfkc().flat_map(char::to_lowercase) {
                folded.text.push(c);
                folded.origin.push(at..after);
            }
            at = after;
        }
        folded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn palette(titles: &[&str]) -> Palette {
        Palette::new(
            titles.iter().map(|&title| Item { title: title.to_owned(), ..Item::default() }).collect(),
        )
    }

    fn found(palette: &Palette) -> Vec<&str> {
        palette.matches().iter().map(|found| palette.items()[found.item].title.as_str()).collect()
    }

    #[test]
    fn nothing_typed_lists_all_in_order() {
        assert_eq!(found(&palette(&["b", "a", "c"])), ["b", "a", "c"]);
    }

    #[test]
    fn the_best_comes_first_and_equals_keep_their_order() {
        let mut palette = palette(&["Undo to here", "New example", "Next example", "Undo"]);
        palette.set_query("ex");
        assert_eq!(found(&palette), ["New example", "Next example"]);
        palette.set_query("undo");
        assert_eq!(found(&palette), ["Undo to here", "Undo"]);
        palette.set_query("example new");
        assert_eq!(found(&palette), ["New example"]);
        palette.set_query("zzz");
        assert_eq!((found(&palette).len(), palette.chosen()), (0, None));
    }

    #[test]
    fn case_and_form_make_no_difference() {
        let mut palette = palette(&["ÉCOLE", "e\u{301}tude", "ﬁlter", "Straße"]);
        palette.set_query("école");
        assert_eq!(found(&palette), ["ÉCOLE"]);
        palette.set_query("É");
        assert_eq!(found(&palette), ["ÉCOLE", "e\u{301}tude"]);
        assert_eq!(palette.matches()[1].hits, [0, 1]);
        palette.set_query("FIL");
        assert_eq!(found(&palette), ["ﬁlter"]);
        assert_eq!(palette.matches()[0].hits, [0, 1]);
    }

    #[test]
    fn hits_are_characters_of_the_title() {
        let mut palette = palette(&["漢字 approve"]);
        palette.set_query("app");
        assert_eq!(palette.matches()[0].hits, [3, 4, 5]);
    }

    #[test]
    fn the_detail_is_searched_for_whole_words_after_the_title() {
        let item = |title: &str, detail: &str| Item {
            title: title.into(),
            detail: detail.into(),
            ..Item::default()
        };
        let mut palette =
            Palette::new(vec![item("Discard", "Sets it aside."), item("Aside", "Shows the column.")]);
        palette.set_query("aside");
        assert_eq!(found(&palette), ["Aside", "Discard"]);
        assert!(palette.matches()[1].hits.is_empty());
    }

    #[test]
    fn selecting_goes_round_and_paging_stops() {
        let mut palette = palette(&["a", "b", "c"]);
        palette.step(-1);
        assert_eq!(palette.chosen(), Some(2));
        palette.step(2);
        assert_eq!(palette.chosen(), Some(1));
        palette.jump(10);
        assert_eq!(palette.chosen(), Some(2));
        palette.jump(-10);
        palette.toggle();
        palette.toggle();
        let marks = |palette: &Palette| palette.items().iter().map(|item| item.is_marked).collect::<Vec<_>>();
        assert_eq!(marks(&palette), [true, true, false]);
        palette.set_query("c");
        assert_eq!((palette.chosen(), marks(&palette)), (Some(2), vec![true, true, false]));
        Palette::default().step(1);
    }

    #[test]
    fn commands_are_offered_where_they_work() {
        let (mut palette, commands) = Palette::of_commands(&Keymap::default(), Context::Browse, None);
        palette.set_query("approve");
        let chosen = commands[palette.chosen().unwrap_or_default()];
        assert_eq!(chosen, Command::ExampleApprove);
        assert_eq!(palette.items()[palette.matches()[0].item].keys, "a");
        assert!(commands.contains(&Command::AppUndo));
    }

    #[test]
    fn what_is_done_on_another_screen_is_found_and_comes_last() {
        let (mut palette, commands) = Palette::of_commands(&Keymap::default(), Context::Home, None);
        palette.set_query("rename");
        let found: Vec<_> = palette.matches().iter().map(|found| commands[found.item]).collect();
        let rename = found.iter().position(|command| *command == Command::CoverageRename);
        let rename = &palette.items()[palette.matches()[rename.unwrap()].item];
        assert!(rename.detail.starts_with("On Coverage: "), "{}", rename.detail);
        assert_eq!(rename.keys, "g c R");
        let is_here = |command: &Command| command.is_valid_in(Context::Home);
        assert!(found.iter().map(is_here).is_sorted_by(|one, next| one >= next), "{found:?}");
    }

    #[test]
    fn every_command_is_found_by_its_letters_wherever_it_works() {
        for &context in Context::ALL {
            let (mut palette, commands) = Palette::of_commands(&Keymap::default(), context, None);
            let valid = Command::ALL.iter().filter(|command| command.is_valid_in(context));
            let offered =
                |command: &&Command| !matches!(**command, Command::AppPalette | Command::EditorNormalMode);
            for command in valid.filter(offered) {
                let title = command.title().to_lowercase();
                palette.set_query(title.as_str());
                let first = palette.chosen().and_then(|at| commands.get(at));
                assert_eq!(first, Some(command), "{title} in {}", context.name());
                // Four letters of it leave few to choose from.
                palette.set_query(title.chars().take(4).collect::<String>());
                let found = palette.matches().iter().position(|found| commands[found.item] == *command);
                assert!(found.is_some_and(|place| place < 16), "{title} in {}: {found:?}", context.name());
            }
        }
    }

    #[test]
    fn while_one_types_the_commands_of_the_screen_behind_are_there_too() {
        let (_, commands) = Palette::of_commands(&Keymap::default(), Context::Editor, Some(Context::Write));
        for command in [Command::ExampleTag, Command::ExampleStatus, Command::EditorDone, Command::GoHome] {
            assert!(commands.contains(&command), "{}", command.id());
        }
        assert!(!commands.contains(&Command::RankTie) && !commands.contains(&Command::MoveUp));
    }

    #[test]
    fn what_is_typed_means_the_value_before_its_facet() {
        let item = |facet: &str, value: &str| Item {
            group: facet.to_owned(),
            title: format!("{facet}:{value}"),
            ..Item::default()
        };
        let mut palette = Palette::new(vec![item("intent", "cancel"), item("language", "en")]);
        palette.set_query("en");
        assert_eq!(palette.chosen(), Some(1));
        assert_eq!(palette.matches()[0].hits, [9, 10]);
        palette.set_query("int");
        assert_eq!(found(&palette), ["intent:cancel"]);
    }
}
