//! The example on the screen: its responses in the order in which they are presented, and the order
//! typed so far.

use super::asking::{Answer, Asking, Known, Method, Question};
use super::order::{Order, Places};
use super::panes::Panes;
use super::present::presented;
use super::questions::Questions;
use super::spent::Spent;
use super::stage;
use crate::example::{Author, Example, Ranking, Review, Uuid, Verdict};
use crate::tui::message::Draft;
use crate::tui::widgets::document::Document;

/// What keys and flags are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The prompt, and with it the whole example.
    Prompt,
    /// A response, by its place on the screen from 0.
    Response(usize),
}

/// How far one is with the example on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is being judged.
    Judging,
    /// It is judged, and stays for a moment all the same.
    Moment,
    /// It is done with: the next one takes its place as soon as it can.
    Done,
}

/// The example on the screen.
#[derive(Debug)]
pub struct Shown {
    /// Its number.
    pub id: i64,
    /// Its place in the queue, from 1, where it came from there.
    pub place: Option<u64>,
    /// The example of the queue in whose place it came, where that is another one.
    pub stands_for: Option<i64>,
    /// Whether it is a hidden repeat: nothing on the screen may tell.
    pub again: bool,
    /// The example.
    pub example: Example,
    /// Its responses as they stand on the screen.
    pub presented: Vec<Uuid>,
    /// What is typed.
    pub order: Order,
    /// What is asked in the place of typing the order, as far as it is answered.
    pub asking: Option<Asking>,
    /// What is asked after a complete order, as far as it is answered.
    pub questions: Option<Questions>,
    /// Why it can't be judged, once that was said.
    pub cannot: Option<String>,
    /// The time spent on it.
    pub spent: Spent,
    /// Whether the picture tells who wrote the responses.
    pub shows_authors: bool,
    /// Whether the whole prompt is shown, in the place of the responses.
    pub is_prompt_whole: bool,
    /// The rows of the prompt in the last picture.
    pub prompt_rows: usize,
    /// What is looked at.
    pub focus: Focus,
    /// How far one is with it.
    pub stage: Stage,
    /// What was half typed here when one left it, as it is kept on disk.
    pub kept: Option<String>,
    /// What was being rewritten here and is not done.
    pub rewriting: Option<Draft>,
    /// The prompt as it is drawn.
    pub prompt: Document,
    /// The responses as they are drawn.
    pub panes: Panes,
}

impl Shown {
    /// Whether it is judged, or done with otherwise.
    pub fn is_done(&self) -> bool {
        self.stage != Stage::Judging
    }

    /// It need stay no longer, where it stayed for a moment only.
    pub fn end_moment(&mut self) {
        if self.stage == Stage::Moment {
            self.stage = Stage::Done;
        }
    }

    /// An example as this annotator sees it first.
    pub fn new(id: i64, (place, again): (Option<u64>, bool), example: Example, annotator: &str) -> Self {
        let mut shown = Self {
            id,
            place,
            stands_for: None,
            again,
            presented: Vec::new(),
            order: Order::default(),
            asking: None,
            questions: None,
            cannot: None,
            spent: Spent::default(),
            shows_authors: false,
            is_prompt_whole: false,
            prompt_rows: 0,
            focus: Focus::Response(0),
            stage: Stage::Judging,
            kept: None,
            rewriting: None,
            prompt: Document::default(),
            panes: Panes::default(),
            example,
        };
        shown.arrange(annotator);
        let last = shown.prompt.blocks().len().saturating_sub(1);
        shown.prompt.focus_on(last);
        shown
    }

    /// Takes the example as it is on disk now; says whether what was typed had to go, because there
    /// are other responses now.
    pub fn renew(&mut self, example: Example, annotator: &str) -> bool {
        let before = std::mem::take(&mut self.presented);
        let was_typed = !self.order.is_empty();
        let (order, questions) = (self.order.clone(), self.questions.take());
        let asking = self.asking.take();
        self.example = example;
        self.arrange(annotator);
        if before == self.presented {
            (self.order, self.questions, self.asking) = (order, questions, asking);
            return false;
        }
        was_typed
    }

    fn arrange(&mut self, annotator: &str) {
        self.presented = presented(&self.example, annotator, self.again);
        self.order = Order::new(self.presented.len());
        self.asking = None;
        self.panes.set(stage::texts(&self.example, &self.presented));
        if let Focus::Response(at) = self.focus {
            self.focus = Focus::Response(at.min(self.presented.len().saturating_sub(1)));
        }
        self.prompt.set(stage::blocks(&self.example.prompt));
    }

    /// The response that is looked at, by its place.
    pub fn focused(&self) -> Option<usize> {
        match self.focus {
            Focus::Response(at) if at < self.presented.len() => Some(at),
            _ => None,
        }
    }

    /// Looks at the next response, or the one before; the prompt stands before the first.
    pub fn turn(&mut self, forward: bool) {
        if let Some((one, other)) = self.pair() {
            // Of all only these two are seen.
            let round = [Focus::Prompt, Focus::Response(one), Focus::Response(other)];
            let at = round.iter().position(|there| *there == self.focus).unwrap_or(0);
            let to = if forward { at + 1 } else { at + 2 } % round.len();
            self.focus = round.get(to).copied().unwrap_or(Focus::Prompt);
            return;
        }
        let n = self.presented.len();
        let at = match self.focus {
            Focus::Prompt => 0,
            Focus::Response(at) => at + 1,
        };
        let to = if forward { (at + 1) % (n + 1) } else { (at + n) % (n + 1) };
        self.focus = to.checked_sub(1).map_or(Focus::Prompt, Focus::Response);
        self.prompt.shows_focus = false;
    }

    /// Whether anything is typed that belongs to no action yet.
    pub fn has_typed(&self) -> bool {
        let is_asked = self.asking.as_ref().is_some_and(|asking| asking.asked() > 0);
        !self.order.is_empty() || self.questions.is_some() || is_asked
    }

    /// What the answers say so far, while questions take the place of the order.
    pub fn known(&self) -> Option<Known> {
        let is_asked = !self.is_done() && self.questions.is_none();
        self.asking.as_ref().filter(|_| is_asked).map(Asking::known).filter(|known| known.question.is_some())
    }

    /// The two responses that are compared, where one ranks by pairs.
    pub fn pair(&self) -> Option<(usize, usize)> {
        match self.known()?.question? {
            Question::Pair(one, other) => Some((one, other)),
            Question::Best(_) | Question::Worst(_) => None,
        }
    }

    /// What is known of the places, as heads tell it.
    pub fn places(&self) -> Places {
        match self.known() {
            Some(Known { top, question: Some(Question::Best(_) | Question::Worst(_)), .. }) => {
                Places { tiers: top, ..Places::default() }
            }
            Some(_) => Places::default(),
            None => self.order.places(),
        }
    }

    /// `worst`, `worst but 1`: for those that were named so while others are left.
    pub fn place_from_below(&self, at: usize) -> Option<String> {
        let named = self.known()?.bottom.iter().position(|&there| there == at)?;
        Some(if named == 0 { "worst".to_owned() } else { format!("worst but {named}") })
    }

    /// The number of a response on the screen: of two that are compared, 1 or 2.
    pub fn number(&self, at: usize) -> usize {
        match self.pair() {
            Some((one, _)) if one == at => 1,
            Some((_, other)) if other == at => 2,
            _ => at + 1,
        }
    }

    /// Begins to ask, where that takes the place of typing the order.
    pub fn ask(&mut self, method: Method) {
        self.asking = Asking::new(method, self.presented.len());
        self.look_at_asked();
    }

    /// Takes an answer; `None` where it is none.
    pub fn answer(&mut self, answer: Answer) -> Option<Known> {
        let asking = self.asking.as_mut()?;
        if !asking.answer(answer) {
            return None;
        }
        let known = asking.known();
        if known.question.is_none() {
            self.order = Order::of(self.presented.len(), &known.top);
        }
        self.look_at_asked();
        Some(known)
    }

    /// Looks at what is asked about.
    pub fn look_at_asked(&mut self) {
        let asked = self.known().and_then(|known| known.question);
        let at = match asked {
            Some(Question::Pair(one, _)) => Some(one),
            Some(Question::Best(left) | Question::Worst(left)) => {
                left.iter().find(|&&at| Some(at) >= self.focused()).or(left.first()).copied()
            }
            None => None,
        };
        if let Some(at) = at {
            self.focus = Focus::Response(at);
        }
    }

    /// What the annotator said of it before; of a hidden repeat nobody is reminded.
    pub fn own(&self, annotator: &str) -> Option<&Ranking> {
        if self.again {
            return None;
        }
        self.example.rankings.iter().find(|ranking| ranking.annotator == annotator)
    }

    /// Why it came back to this annotator: the last review that they have not looked after.
    pub fn sent_back(&self, annotator: &str) -> Option<&Review> {
        let waits = |review: &&Review| review.verdict == Verdict::Returned && review.waits_for(annotator);
        self.example.reviews.iter().rev().find(waits).filter(|_| !self.again)
    }

    /// Whether this annotator may see who wrote the responses: where nothing is blind, and once they
    /// have said what they think of them; not where that was sent back.
    pub fn tells_authors(&self, annotator: &str, is_blind: bool) -> bool {
        let is_said = self.own(annotator).is_some() && self.sent_back(annotator).is_none();
        !is_blind || self.stage == Stage::Moment || is_said
    }

    /// Who wrote a response, by its place on the screen.
    pub fn author(&self, at: usize) -> Option<&Author> {
        self.example.response(*self.presented.get(at)?)?.author.as_ref()
    }

    /// A ranking by the numbers on the screen: `2 > 1 = 3`.
    pub fn told(&self, ranking: &Ranking) -> String {
        let number = |id: &Uuid| match self.presented.iter().position(|shown| shown == id) {
            Some(at) => (at + 1).to_string(),
            None => "?".to_owned(),
        };
        let tied = |tier: &Vec<Uuid>| tier.iter().map(number).collect::<Vec<_>>().join(" = ");
        if let Some(why) = &ranking.details.cannot {
            return format!("can't judge: {why}");
        }
        let mut told = ranking.tiers.iter().map(tied).collect::<Vec<_>>().join(" > ");
        if !ranking.bad.is_empty() {
            let gap = if told.is_empty() { "" } else { "   " };
            told = format!("{told}{gap}bad {}", tied(&ranking.bad));
        }
        told
    }

    /// The typed order as ids: tiers, and what is bad.
    pub fn ranking(&self) -> (Vec<Vec<Uuid>>, Vec<Uuid>) {
        let places = self.order.places();
        let ids = |tier: &[usize]| {
            tier.iter().filter_map(|&at| self.presented.get(at).copied()).collect::<Vec<_>>()
        };
        (places.tiers.iter().map(|tier| ids(tier)).collect(), ids(&places.bad))
    }
}
