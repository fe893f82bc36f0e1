//! What the screen does with what it hears.

use super::sheet::Lead;
use super::{Balance, Order, Page};
use crate::text::count::plural;
use crate::tui::commands::Command;
use crate::tui::effect::{Answer, Effect, Picker, PickerItem, Purpose, Request, Shared};
use crate::tui::screen::Input;
use crate::tui::spreading::Spread;
use crate::tui::values;

/// Up to so many examples a page is read anew by itself when something changed; of more that would never end
/// while people work, and a key does it.
pub(super) const BY_ITSELF: u64 = 100_000;

/// How many are wanted of the value?
const TARGET: Purpose = Purpose::Own(0);
/// To which facet?
const FACET: Purpose = Purpose::Own(1);

impl Balance {
    /// Something changed, or the screen comes to the front.
    pub(super) fn changed(&mut self, shared: &Shared) -> Vec<Effect> {
        self.forget();
        self.stale = Page::ALL.to_vec();
        self.show(shared)
    }

    /// The page comes to the front: what it lacks is asked for.
    fn show(&mut self, shared: &Shared) -> Vec<Effect> {
        let is_known = self.known.has(self.page);
        let is_small = shared.counts.total() <= BY_ITSELF;
        if !is_known || (is_small && self.stale.contains(&self.page)) { self.ask() } else { Vec::new() }
    }

    /// Asks for the page; where its answer is waited for already, when that has come.
    fn ask(&mut self) -> Vec<Effect> {
        let Some(part) = self.page.part() else { return Vec::new() };
        if self.asked.page.is_some_and(|(_, page)| page == self.page) {
            return Vec::new();
        }
        self.generation += 1;
        self.stale.retain(|page| *page != self.page);
        self.asked.page = Some((self.generation, self.page));
        self.asked.progress = None;
        let mut effects = vec![Effect::Ask(self.generation, Request::Spread(Some(part)))];
        if self.page == Page::Lengths && self.asked.board.is_none() {
            self.generation += 1;
            self.asked.board = Some(self.generation);
            effects.push(Effect::Ask(self.generation, Request::Board));
        }
        effects
    }

    /// Nobody looks any more.
    pub(super) fn left(&mut self) -> Vec<Effect> {
        self.generation += 1;
        self.asked = super::Asked::default();
        vec![Effect::Ask(self.generation, Request::Spread(None))]
    }

    fn forget(&mut self) {
        self.sheets.iter_mut().for_each(super::Sheet::forget);
    }

    pub(super) fn heard(&mut self, input: Input, shared: &Shared) -> Vec<Effect> {
        match input {
            Input::Command { command, .. } => return self.command(command, shared),
            Input::Answer(answer) => return self.answered(answer, shared),
            Input::Changed(_) => return self.changed(shared),
            Input::Picked(FACET, chosen) => {
                let facets = self.facets_here(shared);
                let is_it = |chosen: &String| facets.iter().position(|(name, _)| name == chosen);
                match chosen.first().and_then(is_it) {
                    Some(at) if self.sheet().go_to_facet(at) => {}
                    Some(_) => {
                        return Effect::only_look(
                            "nothing is told of this facet here: no example carries a value of it",
                        );
                    }
                    None => {}
                }
            }
            Input::Entered(TARGET, text) => {
                if let Some(value) = self.lead().and_then(Lead::value).cloned() {
                    return values::set_target(value, text.trim());
                }
            }
            Input::Click { x, y } => {
                let was_selected = self.sheet().click(x, y);
                return if was_selected { self.list() } else { Vec::new() };
            }
            Input::Wheel { lines, .. } => self.sheet().step(lines.into()),
            _ => {}
        }
        Vec::new()
    }

    fn answered(&mut self, answer: Answer, shared: &Shared) -> Vec<Effect> {
        match answer {
            Answer::Spread(generation, spread) if self.is_asked(generation) => {
                match *spread {
                    Spread::Lengths(lengths) => self.known.lengths = Some(lengths),
                    Spread::People(people) => self.known.people = Some(people),
                    Spread::Splits(splits) => self.known.splits = Some(splits),
                }
                (self.asked.page, self.asked.progress) = (None, None);
                self.forget();
                // what changed while it was read
                return self.show(shared);
            }
            Answer::Spreading(generation, progress) if self.is_asked(generation) => {
                self.asked.progress = Some(progress);
            }
            // Figures come first, then they come with their intervals.
            Answer::Board(_, board) => {
                self.known.board = Some(*board);
                self.asked.board = None;
                self.forget();
            }
            Answer::Failed(generation, _) => {
                if self.is_asked(generation) {
                    (self.asked.page, self.asked.progress) = (None, None);
                }
                self.asked.board = self.asked.board.filter(|asked| *asked != generation);
            }
            _ => {}
        }
        Vec::new()
    }

    fn is_asked(&self, generation: u64) -> bool {
        self.asked.page.is_some_and(|(asked, _)| asked == generation)
    }

    fn command(&mut self, command: Command, shared: &Shared) -> Vec<Effect> {
        let page = self.sheet().page();
        match command {
            Command::MoveUp => self.sheet().step(-1),
            Command::MoveDown => self.sheet().step(1),
            Command::MovePageUp => self.sheet().step(-page),
            Command::MovePageDown => self.sheet().step(page),
            Command::MoveHalfPageUp => self.sheet().step(-(page / 2).max(1)),
            Command::MoveHalfPageDown => self.sheet().step((page / 2).max(1)),
            Command::MoveTop => self.sheet().step(isize::MIN),
            Command::MoveBottom => {
                self.sheet().step(isize::MAX);
                // and to what stands below the last row that leads somewhere
                self.sheet().step(isize::MAX);
            }
            Command::BalanceNextPage => return self.turn(1, shared),
            Command::BalancePreviousPage => return self.turn(Page::ALL.len() - 1, shared),
            Command::BalanceList => return self.list(),
            Command::BalanceWrite => {
                let tags = self.lead().map(|lead| lead.tags.clone()).unwrap_or_default();
                if tags.is_empty() {
                    return Effect::only_look("this has no tags: go to a value, and the new example gets it");
                }
                return values::write(tags);
            }
            Command::BalanceTarget => return self.target(shared),
            Command::BalanceOrder if self.page == Page::Values => {
                self.order = match self.order {
                    Order::Made => Order::Count,
                    Order::Count => Order::Missing,
                    Order::Missing => Order::Made,
                };
                self.forget();
            }
            Command::BalanceOrder => {
                return Effect::only_look(
                    "only values have another order: it is changed on the page of values",
                );
            }
            Command::BalanceFacet => return self.facets(shared),
            Command::BalanceAgain => return self.ask(),
            _ => {}
        }
        Vec::new()
    }

    /// Goes so many pages on, round in a circle.
    fn turn(&mut self, by: usize, shared: &Shared) -> Vec<Effect> {
        let at = (self.page as usize + by) % Page::ALL.len();
        self.page = Page::ALL.get(at).copied().unwrap_or_default();
        self.show(shared)
    }

    fn list(&self) -> Vec<Effect> {
        match self.lead() {
            Some(Lead { filter: Some(filter), .. }) => values::list(filter),
            Some(_) => Effect::only_look("no filter finds just these"),
            None => Vec::new(),
        }
    }

    /// The facets of the page with how many values each, in the order in which its rows count them.
    fn facets_here(&self, shared: &Shared) -> Vec<(String, usize)> {
        match self.page {
            Page::Values => {
                shared.counts.facets.iter().map(|facet| (facet.name.clone(), facet.values.len())).collect()
            }
            Page::Splits => {
                let facets = self.known.splits.iter().flat_map(|splits| &splits.facets);
                facets.map(|facet| (facet.name.clone(), facet.values.len())).collect()
            }
            Page::Lengths | Page::People => Vec::new(),
        }
    }

    /// Asks to which facet of the page to go.
    fn facets(&self, shared: &Shared) -> Vec<Effect> {
        let facets = self.facets_here(shared);
        if facets.is_empty() {
            return Effect::only_look(
                "no facets are on this page: values and splits are told facet by facet",
            );
        }
        let item = |(value, values): (String, usize)| PickerItem {
            group: String::new(),
            value,
            detail: plural(values as u64, "value"),
            chosen: false,
        };
        let items = facets.into_iter().map(item).collect();
        let title = "Go to which facet?".to_owned();
        vec![Effect::Pick(Picker { title, items, several: false, open: false, purpose: FACET })]
    }

    fn target(&self, shared: &Shared) -> Vec<Effect> {
        let Some(value) = self.lead().and_then(Lead::value) else {
            return Effect::only_look("go to a value first: this is for one value");
        };
        values::ask_target(value, values::target_of(shared, value), TARGET)
    }
}
