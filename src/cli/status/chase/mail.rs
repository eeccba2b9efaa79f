//! A message as an RFC 5322 file: the same bytes for the same register and day.

use mail_builder::MessageBuilder;
use mail_builder::headers::content_type::ContentType;
use mail_builder::mime::MimePart;

use crate::model::{Date, mark};
use crate::store::Identity;

use super::super::CliError;
use super::{Message, plain};

/// The address, when it can stand in a header as it is.
pub(super) fn address(text: Option<&str>) -> Option<String> {
    let text = text?.trim();
    let (local, domain) = text.split_once('@')?;
    let fits = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_graphic() && !"<>()[],;:\\\"@`".contains(c))
    };
    (fits(local) && fits(domain)).then(|| text.to_owned())
}

/// Writes the message; what would be random comes from its content, what would be now from the day.
pub(super) fn write(body: &str, message: &Message, from: &Identity, day: Date) -> Result<Vec<u8>, CliError> {
    let mark = fingerprint(&[&message.stem, &message.subject, body, &day.to_string()]);
    let attached: Vec<&str> = message.files.iter().map(|(_, text)| text.as_str()).collect();
    let boundary = format!("=_pmo_{mark:016x}_{:016x}", fingerprint(&attached));
    let name = from.name.as_deref().map_or_else(|| message.register.clone(), plain);
    let own = address(from.email.as_deref()).unwrap_or_else(|| "pmo@localhost".to_owned());
    let seconds = day.0.and_hms_opt(8, 0, 0).map_or(0, |moment| moment.and_utc().timestamp());
    let mut parts = vec![MimePart::new(ContentType::new("text/plain").attribute("charset", "utf-8"), body)];
    for (name, text) in &message.files {
        let kind = ContentType::new("application/toml").attribute("charset", "utf-8");
        parts.push(MimePart::new(kind, text.as_bytes()).attachment(name.as_str()));
    }
    let domain = own.split_once('@').map_or("localhost", |(_, domain)| domain).to_owned();
    let mixed = ContentType::new("multipart/mixed").attribute("boundary", boundary);
    let mut mail = MessageBuilder::new()
        .from((name, own))
        .subject(message.subject.as_str())
        .date(seconds)
        .message_id(format!("pmo-{mark:016x}@{domain}"))
        .body(MimePart::new(mixed, parts));
    if let Some(email) = &message.email {
        mail = mail.to((message.name.clone(), email.clone()));
    }
    Ok(mail.write_to_vec()?)
}

/// The mark of texts, each with its end.
fn fingerprint(texts: &[&str]) -> u64 {
    mark::over(mark::START, texts.iter().flat_map(|text| text.bytes().chain([0])))
}
