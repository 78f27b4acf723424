//! How a document's types are read and written.

use super::{Context, PARTS, extra_name};
use crate::model::{Field, Presence, Shape, Struct, Type, TypeDef, Union, Variant};
use crate::name;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The items of one part of a document's `impls` module.
pub fn items<'c>(context: &'c Context<'_>, document: usize, part: usize) -> impl Iterator<Item = TokenStream> + 'c {
    let types = context.provider.types_of(document);
    let (start, end) = (types.len() * part / PARTS, types.len() * (part + 1) / PARTS);
    let items = types
        .into_iter()
        .take(end)
        .skip(start)
        .map(|(id, def)| (context.gate(id), item(context, &context.types[&id], def)));
    items.flat_map(|(gate, items)| items.into_iter().map(move |item| quote!(#gate #item)))
}

fn item(context: &Context<'_>, name: &Ident, def: &TypeDef) -> Vec<TokenStream> {
    match &def.shape {
        Shape::Struct(record) => structure(context, name, def, record),
        Shape::Enum(values) => open_enum(name, values),
        Shape::Union(one_of) => union(name, one_of),
        Shape::Newtype(_) => newtype(name),
        Shape::Alias(_) => Vec::new(),
    }
}

fn structure(context: &Context<'_>, name: &Ident, def: &TypeDef, record: &Struct) -> Vec<TokenStream> {
    let names = name::fields(record.fields.iter().map(|field| field.key.as_str()));
    let read = read(context, record, &names);
    let write = record.fields.iter().zip(&names).map(|(field, name)| write(context, field, name));
    let extra = extra_name(&names);
    let required = record.fields.iter().filter(|field| field.required).map(|field| &field.key);
    let kind = if def.implied { quote!(implied) } else { quote!(object) };
    vec![
        deserialize(name, &quote!(de::#kind(deserializer))),
        quote! {
            impl<'de> de::Object<'de> for super::#name {
                const REQUIRED: &'static [&'static str] = &[#(#required),*];

                #read
            }
        },
        serialize(
            name,
            &quote! {
                let mut members = ser::object(serializer);
                #(#write)*
                members.end(&self.#extra)
            },
        ),
    ]
}

fn read(context: &Context<'_>, record: &Struct, names: &[Ident]) -> TokenStream {
    let keys: Vec<_> = record.fields.iter().map(|field| &field.key).collect();
    let members = local("members", names);
    let key = local("key", names);
    let extra = extra_name(names);
    let map = match record.extra {
        Type::Any => quote!(Map),
        _ => quote!(BTreeMap),
    };
    let values = record.fields.iter().zip(names).map(|(field, name)| {
        let key = &field.key;
        match context.provider.presence(field) {
            // A `?` takes the compiler longer: a quarter of the time of all impls. A `let` before would move the value twice.
            Presence::Required | Presence::RequiredNullable => quote! {
                #name: match #name {
                    Some(#name) => #name,
                    None => return Err(de::missing(#key)),
                }
            },
            Presence::Optional if field.implied && record.extra == Type::Any => {
                quote!(#name: de::or_null(#name, #key, &mut #extra))
            }
            Presence::Optional => quote!(#name: #name.flatten()),
            Presence::OptionalNullable => quote!(#name: #name.unwrap_or_default()),
        }
    });
    let values_of = record.fields.iter().map(|field| match context.provider.is_implied(field) {
        true => quote!(implied),
        false => quote!(value),
    });
    quote! {
        fn read<A: MapAccess<'de>>(mut #members: de::Members<A>) -> Result<Self, A::Error> {
            #(let mut #names = None;)*
            let mut #extra = #map::new();
            while let Some(#key) = #members.next_key()? {
                match &*#key {
                    #(#keys => #members.#values_of(&mut #names),)*
                    _ => #members.keep(#key, &mut #extra),
                }?;
            }
            Ok(Self { #(#values,)* #extra })
        }
    }
}

fn write(context: &Context<'_>, field: &Field, name: &Ident) -> TokenStream {
    let key = &field.key;
    match context.provider.presence(field) {
        Presence::Required | Presence::RequiredNullable => quote!(members.required(#key, &self.#name);),
        Presence::Optional => quote!(members.optional(#key, &self.#name);),
        Presence::OptionalNullable => quote!(members.nullable(#key, &self.#name);),
    }
}

fn open_enum(name: &Ident, values: &[String]) -> Vec<TokenStream> {
    let names = name::variants(values.iter().map(String::as_str), "Other");
    vec![
        quote! {
            impl super::#name {
                /// The value as it stands in a body.
                pub fn as_str(&self) -> &str {
                    match self {
                        #(Self::#names => #values,)*
                        Self::Other(text) => text,
                    }
                }
            }
        },
        quote! {
            impl From<&str> for super::#name {
                fn from(text: &str) -> Self {
                    match text {
                        #(#values => Self::#names,)*
                        _ => Self::Other(de::unlisted(text)),
                    }
                }
            }
        },
        deserialize(name, &quote!(de::text(deserializer))),
        serialize(name, &quote!(serializer.serialize_str(self.as_str()))),
    ]
}

fn newtype(name: &Ident) -> Vec<TokenStream> {
    vec![
        deserialize(name, &quote!(Deserialize::deserialize(deserializer).map(Self))),
        serialize(name, &quote!(self.0.serialize(serializer))),
    ]
}

fn union(name: &Ident, union: &Union) -> Vec<TokenStream> {
    let names = name::variants(union.variants.iter().map(|variant| variant.label.as_str()), "Other");
    let property = &union.discriminator;
    let tagged = union.variants.iter().zip(&names).filter(|(variant, _)| !variant.tags.is_empty());
    let tagged = tagged.map(|(Variant { tags, .. }, name)| quote!(.or_tagged(#property, &[#(#tags),*], Self::#name)));
    let fitting = names.iter().filter(|_| !union.is_tagged).map(|name| quote!(.or(Self::#name)));
    let choices = tagged.chain(fitting);
    vec![
        deserialize(
            name,
            &quote! {
                let value = Value::deserialize(deserializer)?;
                let choice = de::Choice::new(&value)#(#choices)*.made();
                Ok(choice.unwrap_or(Self::Other(value)))
            },
        ),
        serialize(
            name,
            &quote! {
                match self {
                    #(Self::#names(value) => value.serialize(serializer),)*
                    Self::Other(value) => value.serialize(serializer),
                }
            },
        ),
    ]
}

fn deserialize(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl<'de> Deserialize<'de> for super::#name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #body
            }
        }
    }
}

fn serialize(name: &Ident, body: &TokenStream) -> TokenStream {
    quote! {
        impl Serialize for super::#name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #body
            }
        }
    }
}

/// A local variable that no field is called.
fn local(name: &str, fields: &[Ident]) -> Ident {
    let mut name = name.to_owned();
    while fields.iter().any(|field| *field == name) {
        name.push('_');
    }
    Ident::new(&name, Span::call_site())
}
