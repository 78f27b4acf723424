//! Which webhooks belong together.

use crate::words::{letters, words};

/// The group of a webhook: its name without the last part. An `operationId` that spells the key shows where
/// its parts begin (`issues/opened` beside `issues-opened`); else punctuation does, or the words.
pub fn group(key: &str, operation_id: Option<&str>) -> String {
    let name = operation_id.filter(|id| letters(id) == letters(key)).unwrap_or(key);
    let name = name.trim_matches(|character: char| !character.is_alphanumeric());
    let punctuation = ['/', '.', ':'];
    let is_operation_id = operation_id == Some(name) && name.len() == key.len();
    let words = match name.rsplit_once(punctuation) {
        Some((group, _)) => words(group),
        None if is_operation_id => words(name),
        None => {
            let mut words = words(name);
            words.truncate((words.len() - 1).max(1));
            words
        }
    };
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::group;

    #[test]
    fn the_last_part_of_a_name_is_what_happened() {
        for (key, operation_id, expected) in [
            ("issues-opened", Some("issues/opened"), "issues"),
            ("pull-request-auto-merge-disabled", Some("pull-request/auto-merge-disabled"), "pull-request"),
            ("workflow-dispatch", Some("workflow-dispatch"), "workflow-dispatch"),
            ("issues-opened", Some("onIssue"), "issues"),
            ("contact.created", None, "contact"),
            ("balancePlatform.accountHolder.updated", None, "balance-platform-account-holder"),
            ("/ACCOUNT_CLOSED", Some("post-ACCOUNT_CLOSED"), "account"),
            ("orderRefundCreated", None, "order-refund"),
            ("push", None, "push"),
            ("", None, "empty"),
        ] {
            assert_eq!(group(key, operation_id), expected, "{key}");
        }
    }
}
