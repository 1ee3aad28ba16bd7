//! The language of conditions, values and distributions: what it means, what it refuses, what it
//! says about it.

#[path = "expressions/distributions.rs"]
mod expression_distributions;
#[path = "expressions/functions.rs"]
mod expression_functions;
#[path = "expressions/memory.rs"]
mod expression_memory;
#[path = "expressions/messages.rs"]
mod expression_messages;
#[path = "expressions/numbers.rs"]
mod expression_numbers;
#[path = "expressions/page.rs"]
mod expression_page;
#[path = "expressions/properties.rs"]
mod expression_properties;
#[path = "expressions/stack.rs"]
mod expression_stack;
#[path = "support/expressions.rs"]
mod support;
