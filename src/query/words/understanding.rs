//! What a question in words was understood as.

use serde_json::{Value as Json, json};

use super::existing_values::ExistingValues;
use super::free_text;
use super::word_condition::{ResolvedCondition, WordConditions};
use crate::query::compile;
use crate::query::conditions_json;
use crate::query::form_condition::{ConditionJoin, FormCondition};

/// A question in words with the values that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderstoodQuestion {
    /// The conditions of the question, then those of the free text.
    pub conditions: Vec<ResolvedCondition>,
    /// The conditions that compare exact texts.
    pub exact: Vec<FormCondition>,
    /// How the conditions are joined.
    pub join: ConditionJoin,
    /// The number of conditions that come from the question, not from the free text.
    listed: usize,
}

/// Resolves a question against the values that exist.
pub fn understand(asked: &WordConditions, values: &ExistingValues) -> UnderstoodQuestion {
    let found = asked.find.as_deref().unwrap_or_default();
    let free = free_text::conditions(found, values);
    let all = asked.conditions.iter().chain(&free);
    UnderstoodQuestion {
        conditions: all.map(|condition| condition.resolve(values)).collect(),
        exact: asked.exact.clone(),
        join: asked.join,
        listed: asked.conditions.len(),
    }
}

impl UnderstoodQuestion {
    /// The query, with exact values.
    pub fn query(&self) -> String {
        self.query_without(None)
    }

    /// The query without one of the conditions in words, by its position.
    pub fn query_without(&self, left_out: Option<usize>) -> String {
        let mut listed: Vec<String> = Vec::new();
        let mut free: Vec<String> = Vec::new();
        for (position, condition) in self.conditions.iter().enumerate() {
            if left_out == Some(position) {
                continue;
            }
            let queries = if position < self.listed {
                &mut listed
            } else {
                &mut free
            };
            queries.push(condition.query());
        }
        listed.extend(self.exact.iter().map(compile::clause));
        if self.join == ConditionJoin::Or && listed.len() > 1 {
            let any = listed.join("\nOR ");
            let is_alone = free.is_empty();
            listed = vec![if is_alone { any } else { format!("({any})") }];
        }
        listed.extend(free);
        if listed.is_empty() {
            return "true".to_owned();
        }
        listed.join("\nAND ")
    }

    /// A sentence for each condition in words: what was asked, and the values that it means.
    pub fn sentences(&self) -> Vec<String> {
        self.conditions
            .iter()
            .map(ResolvedCondition::sentence)
            .collect()
    }

    /// The question as a conditions file of version 2. Conditions from free text stand beside the others, so that they can be
    /// edited; where alternatives were asked for beside free text, there is no such file.
    pub fn to_json(&self) -> Option<Json> {
        let is_mixed = self.listed > 0 && self.listed < self.conditions.len();
        if self.join == ConditionJoin::Or && is_mixed {
            return None;
        }
        let words = self.conditions.iter().map(ResolvedCondition::to_json);
        let exact = self.exact.iter().map(conditions_json::entry_json);
        let conditions: Vec<Json> = words.chain(exact).collect();
        let version = if self.conditions.is_empty() { 1 } else { 2 };
        Some(json!({"version": version, "join": self.join, "conditions": conditions}))
    }
}
