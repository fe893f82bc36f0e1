//! The tags that are offered for the shown example: those that rules propose, and those that its words
//! suggest. They are none of its tags until somebody takes them.

use super::Write;
use crate::dataset::{Selection, Verb};
use crate::example::Tag;
use crate::tui::effect::Effect;

/// A tag that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'a> {
    /// The tag.
    pub tag: &'a Tag,
    /// The rule that proposes it; none where its words suggest it.
    pub rule: Option<&'a str>,
    /// Whether another rule proposes another value of a facet that takes one: a person has to say which.
    pub is_contested: bool,
}

impl Write {
    /// What is offered: by rules first, each tag once; suggestions only for facets that carry nothing and
    /// for which no rule proposes anything.
    pub(super) fn offers(&self) -> Vec<Offer<'_>> {
        let tags = self.subject.as_ref().map_or(&[][..], |subject| subject.example.tags.as_slice());
        let mut offers: Vec<Offer<'_>> = Vec::new();
        let is_open = |tag: &Tag, several: bool| {
            tags.iter().all(|there| there.facet != tag.facet || (several && there.value != tag.value))
        };
        for proposal in &self.known.proposed {
            let tag = &proposal.tag;
            if !is_open(tag, proposal.several) || offers.iter().any(|offer| offer.tag == tag) {
                continue;
            }
            let differs = |other: &Tag| other.facet == tag.facet && other.value != tag.value;
            let is_contested =
                !proposal.several && self.known.proposed.iter().any(|other| differs(&other.tag));
            offers.push(Offer { tag, rule: Some(&proposal.rule), is_contested });
        }
        let by_rules = offers.len();
        for suggested in &self.known.suggested {
            let tag = &suggested.tag;
            let is_ruled = offers.iter().take(by_rules).any(|offer| offer.tag.facet == tag.facet);
            if is_open(tag, false) && !is_ruled {
                offers.push(Offer { tag, rule: None, is_contested: false });
            }
        }
        offers
    }

    /// Takes what is offered, but where rules differ.
    pub(super) fn take_offers(&mut self) -> Vec<Effect> {
        let offers = self.offers();
        let contested = offers.iter().find(|offer| offer.is_contested).map(|offer| offer.tag.facet.clone());
        let tags: Vec<Tag> =
            offers.iter().filter(|offer| !offer.is_contested).map(|offer| offer.tag.clone()).collect();
        let mut effects: Vec<Effect> = Vec::new();
        if let Some(facet) = contested {
            effects.push(Effect::look(format!("rules differ on {facet}: choose its value yourself")));
        } else if tags.is_empty() {
            effects.push(Effect::look("no tag is suggested for what is untagged here".to_owned()));
        }
        let Some(subject) = self.subject.as_mut().filter(|_| !tags.is_empty()) else { return effects };
        subject.example.tags.extend(tags.iter().cloned());
        let Some(id) = subject.id else {
            // It is not made yet: it takes them along.
            self.known.touch();
            return effects;
        };
        let put = |tag| Verb::AddTag { on: Selection::One(id), tag };
        let mut verbs: Vec<Verb> = tags.into_iter().map(put).collect();
        let verb = if verbs.len() == 1 { verbs.remove(0) } else { Verb::Several(verbs) };
        effects.push(Effect::Perform(Box::new(verb)));
        effects
    }

    /// Says no to what rules propose.
    pub(super) fn decline_offers(&mut self) -> Vec<Effect> {
        let offers = self.offers();
        let tags: Vec<Tag> =
            offers.iter().filter(|offer| offer.rule.is_some()).map(|offer| offer.tag.clone()).collect();
        if tags.is_empty() {
            return vec![Effect::look("no rule proposes a tag here".to_owned())];
        }
        let Some(example) = self.subject.as_ref().and_then(|subject| subject.id) else {
            return vec![Effect::look(
                "the example is not made yet: it can be declined once its prompt is written".to_owned(),
            )];
        };
        self.known.proposed.retain(|proposal| !tags.contains(&proposal.tag));
        vec![Effect::Perform(Box::new(Verb::DeclineTags { example, tags }))]
    }
}
