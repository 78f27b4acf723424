//! `handshakes`: requests by which a provider tests an endpoint.

use super::template;
use super::verify::{Condition, Handshake, Part, Reply};
use super::{Value, header_name};
use crate::documents::located::Located;
use crate::source::pointer::escape;

impl Located<'_> {
    pub(super) fn handshakes(&self) -> Vec<Handshake> {
        self.items("leave the key out").iter().filter_map(Self::handshake).collect()
    }

    fn handshake(&self) -> Option<Handshake> {
        self.keys(&["when", "signed", "reply"]);
        let when = self.need("when", "such as `{$request.body#/type: url_verification}`")?.conditions()?;
        let reply = self.need("reply", "such as `{type: text/plain, body: \"{$request.body#/challenge}\"}`")?;
        let reply = reply.reply()?;
        let is_signed = self.flag_at("signed", is_signed(&when));
        Some(Handshake { when, is_signed, reply })
    }

    fn conditions(&self) -> Option<Vec<(Value, Condition)>> {
        let Some(members) = self.value.as_object().filter(|members| !members.is_empty()) else {
            return self.refuse("expected an object", "write `{$request.query.challenge: \"*\"}`");
        };
        let conditions = members.iter().map(|(key, value)| {
            let node = self.below(escape(key), value);
            let at = template::location(key).map_err(|(problem, help)| node.report(problem, help)).ok();
            Some((at?, node.condition()?))
        });
        // All are looked at, so that all that is wrong is reported.
        conditions.collect::<Vec<_>>().into_iter().collect()
    }

    fn condition(&self) -> Option<Condition> {
        if self.value.is_number() || self.value.is_boolean() {
            return Some(Condition::Is(self.value.to_string()));
        }
        Some(match self.text()? {
            "*" => Condition::Present,
            "{secret}" => Condition::Secret,
            text => Condition::Is(text.to_owned()),
        })
    }

    fn reply(&self) -> Option<Reply> {
        self.keys(&["status", "type", "body", "json", "headers"]);
        let status = self.get("status").map_or(Some(200), |status| status.number(200, 299))?;
        let (text, json) = (self.get("body"), self.get("json"));
        if let (Some(_), Some(json)) = (&text, &json) {
            return json.refuse("an answer has one body", "leave out `body` or `json`");
        }
        let is_json = json.is_some();
        let body = match (&text, &json) {
            (Some(text), _) => text.template(template::parts)?,
            (_, Some(json)) => json.json()?,
            _ => Vec::new(),
        };
        let default = if is_json { Some("application/json") } else { text.as_ref().map(|_| "text/plain") };
        let content_type = self.get("type").map_or(default, |name| name.text());
        let content_type = content_type.map(str::to_owned);
        let headers = self.get("headers").map_or(Some(Vec::new()), |headers| headers.reply_headers())?;
        let reply = Reply { status: u16::try_from(status).unwrap_or(200), content_type, headers, body, is_json };
        self.check_reply(&reply);
        Some(reply)
    }

    /// Nothing signs a handshake's answer by time or id.
    fn check_reply(&self, reply: &Reply) {
        let is_unknown = |part: &Part| matches!(part, Part::Timestamp | Part::Id);
        let parts = reply.headers.iter().map(|(_, parts)| parts).chain([&reply.body]);
        if parts.into_iter().any(|parts| Part::any(parts, &is_unknown)) {
            self.report("an answer knows neither `{timestamp}` nor `{id}`", "write the expression that finds it");
        }
        let is_text = |text: &Option<String>| {
            text.as_ref().is_none_or(|text| text.bytes().all(|byte| (b' '..=b'~').contains(&byte)))
        };
        if !is_text(&reply.content_type) {
            self.report("not the type of a body", "such as `text/plain`");
        }
    }

    fn reply_headers(&self) -> Option<Vec<(String, Vec<Part>)>> {
        let Some(members) = self.value.as_object() else {
            return self.refuse("expected an object", "its keys are names of headers");
        };
        let headers = members.iter().map(|(name, value)| {
            let node = self.below(escape(name), value);
            let name = header_name(name).map_err(|problem| node.report(problem, "such as x-hook-secret")).ok();
            Some((name?, node.template(template::parts)?))
        });
        headers.collect()
    }

    /// JSON as text, with the values in its strings.
    fn json(&self) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        self.json_into(&mut parts)?;
        let mut joined: Vec<Part> = Vec::new();
        for part in parts {
            match (joined.last_mut(), part) {
                (Some(Part::Text(before)), Part::Text(text)) => before.push_str(&text),
                (_, part) => joined.push(part),
            }
        }
        Some(joined)
    }

    fn json_into(&self, parts: &mut Vec<Part>) -> Option<()> {
        let text = |text: &str| Part::Text(text.to_owned());
        if let Some(members) = self.value.as_object() {
            for (index, (key, value)) in members.iter().enumerate() {
                let start = if index == 0 { "{" } else { "," };
                parts.push(Part::Text(format!("{start}{}:", serde_json::Value::from(key.as_str()))));
                self.below(escape(key), value).json_into(parts)?;
            }
            parts.push(text(if members.is_empty() { "{}" } else { "}" }));
        } else if let Some(items) = self.value.as_array() {
            for (index, item) in items.iter().enumerate() {
                parts.push(text(if index == 0 { "[" } else { "," }));
                self.below(index, item).json_into(parts)?;
            }
            parts.push(text(if items.is_empty() { "[]" } else { "]" }));
        } else if self.value.as_str().is_some_and(|text| !text.is_empty()) {
            parts.push(text("\""));
            for part in self.template(template::parts)? {
                parts.push(match part {
                    Part::Text(text) => {
                        let quoted = serde_json::Value::from(text).to_string();
                        Part::Text(quoted[1..quoted.len() - 1].to_owned())
                    }
                    other => other,
                });
            }
            parts.push(text("\""));
        } else {
            parts.push(Part::Text(self.value.to_string()));
        }
        Some(())
    }
}

/// What is no POST, shows the secret or is in the query is a request of its own, before anything is signed.
fn is_signed(when: &[(Value, Condition)]) -> bool {
    let is_own = |(at, condition): &(Value, Condition)| match (at, condition) {
        (_, Condition::Secret) | (Value::Query(_), _) => true,
        (Value::Method, Condition::Is(method)) => method != "POST",
        _ => false,
    };
    !when.iter().any(is_own)
}
