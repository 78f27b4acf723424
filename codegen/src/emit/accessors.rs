//! What an `Event` has in common with others, whichever variant it is.

use super::context::Context;
use super::docs::own;
use super::ty::Here;
use crate::config::Config;
use crate::documents::provider::Accessor;
use crate::model::{Path, Presence, Provider, Shape, Step, Type, TypeId, accessor_type, code_of_name as code, path};
use crate::name;
use crate::selection::EVERYTHING;
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

/// The methods; none where no variants share anything.
pub fn imp(context: &Context<'_>) -> Option<TokenStream> {
    let groups = groups(context);
    let mut methods = payloads(context, &groups);
    let accessors = &context.provider.settings.accessors;
    methods.extend(accessors.iter().filter_map(|accessor| method(context, &groups, accessor)));
    (!methods.is_empty()).then(|| quote!(impl super::Event { #(#methods)* }))
}

/// Events whose payloads are of one type, by their indices.
struct Group {
    payload: Type,
    events: Vec<usize>,
}

fn groups(context: &Context<'_>) -> Vec<Group> {
    let provider = context.provider;
    let mut groups: Vec<Group> = Vec::new();
    for (index, event) in provider.events.iter().enumerate() {
        let payload = match &event.payload {
            Type::Named(id) => Type::Named(provider.types.resolve_alias(*id)),
            other => other.clone(),
        };
        match groups.iter_mut().find(|group| group.payload == payload) {
            Some(group) => group.events.push(index),
            None => groups.push(Group { payload, events: vec![index] }),
        }
    }
    groups
}

/// The methods by their names, with the types of what they give.
pub fn signatures(provider: &Provider) -> Vec<(String, Type)> {
    let config = Config::new("");
    let context = Context::new(provider, &EVERYTHING, &config);
    let groups = groups(&context);
    let payloads = payload_methods(&context, &groups);
    let payloads = payloads.into_iter().map(|(name, _, group)| (name.to_string(), group.payload.clone()));
    let accessors = provider.settings.accessors.iter().filter_map(|accessor| {
        let target = accessor_type(&provider.types, groups.iter().map(|group| &group.payload), accessor)?;
        Some((accessor.name.clone(), target))
    });
    payloads.chain(accessors).collect()
}

fn payloads(context: &Context<'_>, groups: &[Group]) -> Vec<TokenStream> {
    let method = |(name, docs, group): (Ident, &str, &Group)| {
        let (docs, ty) = (own(docs), context.ty(&group.payload, Here::ProviderImpls));
        let arms = arms(context, group, &quote!(Some(&**event)));
        quote! {
            #docs
            pub fn #name(&self) -> Option<&#ty> {
                match self { #arms _ => None, }
            }
        }
    };
    payload_methods(context, groups).into_iter().map(method).collect()
}

/// The payload, where all events share its type; else one method for each type that several share. Each with its docs.
fn payload_methods<'g>(context: &Context<'_>, groups: &'g [Group]) -> Vec<(Ident, &'static str, &'g Group)> {
    match groups {
        [all] if all.events.len() > 1 => {
            vec![(format_ident!("payload"), "The payload, whichever event it is of; none of an unknown one.", all)]
        }
        groups => {
            let shared = groups.iter().filter(|group| group.events.len() > 1);
            let shared: Vec<_> = shared.filter_map(|group| Some((named(&group.payload)?, group))).collect();
            let docs = "The payload, if it is of the type that several events share.";
            let names = names(context, &shared).into_iter();
            names.zip(shared).map(|(name, (_, group))| (name, docs, group)).collect()
        }
    }
}

fn named(payload: &Type) -> Option<TypeId> {
    if let Type::Named(id) = payload { Some(*id) } else { None }
}

/// Named after the types, and after their documents, too, where types of several are called the same.
fn names(context: &Context<'_>, types: &[(TypeId, &Group)]) -> Vec<Ident> {
    let name = |(id, _): &(TypeId, &Group)| {
        let name = &context.types[id];
        let is_alone = types.iter().filter(|(other, _)| context.types[other] == *name).count() == 1;
        let module = &context.modules[context.provider.get(*id).document];
        if is_alone { format!("as {name}") } else { format!("as {module} {name}") }
    };
    let names: Vec<_> = types.iter().map(name).collect();
    name::bindings(names.iter().map(String::as_str))
}

/// The arms of a match that give `value` for the events of a group.
fn arms(context: &Context<'_>, group: &Group, value: &TokenStream) -> TokenStream {
    let cfgs = context.event_cfgs();
    let names = group.events.iter().map(|index| &context.events[*index]);
    if group.events.iter().all(|index| cfgs[*index].is_empty()) {
        return quote!(#(Self::#names(event))|* => #value,);
    }
    let cfgs = group.events.iter().map(|index| &cfgs[*index]);
    quote!(#(#cfgs Self::#names(event) => #value,)*)
}

/// A value that `provider.yaml` names.
fn method(context: &Context<'_>, groups: &[Group], accessor: &Accessor) -> Option<TokenStream> {
    let provider = context.provider;
    let target = accessor_type(&provider.types, groups.iter().map(|group| &group.payload), accessor)?;
    let (ty, end) = result(context, &target);
    let paths = |group: &Group| -> Vec<Path> {
        let paths = accessor.pointers.iter().filter_map(|pointer| path(&provider.types, &group.payload, pointer));
        paths.filter(|path| path.target == target).collect()
    };
    let groups: Vec<_> = groups.iter().map(|group| (group, paths(group))).collect();
    let arms = groups.iter().filter(|(_, paths)| !paths.is_empty()).map(|(group, paths)| {
        let mut found = paths.iter().map(|path| reach(context, &Operand::variable("event").held(), &path.steps));
        match (found.next(), paths.len()) {
            // A text that is always there becomes a `&str` where it is returned.
            (Some(Reached::Reference(text)), 1) if target == Type::String => arms(context, group, &quote!(Some(#text))),
            (first, _) => {
                let found = first.into_iter().chain(found).map(Reached::option);
                let first = found.reduce(|before, next| quote!(#before.or_else(|| #next)));
                arms(context, group, &quote!(#first #end))
            }
        }
    });
    let list: String = accessor.pointers.iter().map(|pointer| format!("\n- {}", code(pointer))).collect();
    let docs = own(&match accessor.pointers.as_slice() {
        [only] => format!("The value at {} in the body.", code(only)),
        _ => format!("The value at the first of these locations of the body that has one:\n{list}"),
    });
    let name = name::bindings([accessor.name.as_str()]);
    Some(quote! {
        #docs
        pub fn #(#name)*(&self) -> Option<#ty> {
            match self { #(#arms)* _ => None, }
        }
    })
}

/// The type that a method gives, and how a reference becomes it.
fn result(context: &Context<'_>, target: &Type) -> (TokenStream, TokenStream) {
    match target {
        Type::Boolean => (quote!(bool), quote!(.copied())),
        Type::String => (quote!(&str), quote!(.map(String::as_str))),
        other => {
            let ty = context.ty(other, Here::ProviderImpls);
            (quote!(&#ty), TokenStream::new())
        }
    }
}

/// An expression for a value, and how many `*` before it lead to the value itself.
#[derive(Clone)]
struct Operand {
    tokens: TokenStream,
    derefs: usize,
    /// Whether it is a reference already.
    is_reference: bool,
}

/// What a path leads to.
enum Reached {
    Reference(TokenStream),
    Option(TokenStream),
}

impl Reached {
    fn option(self) -> TokenStream {
        match self {
            Self::Reference(reference) => quote!(Some(#reference)),
            Self::Option(option) => option,
        }
    }
}

impl Operand {
    /// What is found through boxes and texts of JSON.
    fn of(tokens: TokenStream) -> Self {
        Self { tokens, derefs: 0, is_reference: false }
    }

    /// A variable that holds a reference.
    fn variable(name: &str) -> Self {
        let name = format_ident!("{name}");
        Self { tokens: quote!(#name), derefs: 1, is_reference: true }
    }

    /// What it holds.
    fn held(&self) -> Self {
        Self { derefs: self.derefs + 1, is_reference: false, ..self.clone() }
    }

    fn reference(&self) -> TokenStream {
        let (tokens, stars) = (&self.tokens, (0..self.derefs).map(|_| quote!(*)));
        if self.is_reference { quote!(#tokens) } else { quote!(&#(#stars)* #tokens) }
    }
}

/// Follows a path from an operand. Fields and methods are found through boxes and texts of JSON.
fn reach(context: &Context<'_>, operand: &Operand, path: &[Step]) -> Reached {
    let tokens = &operand.tokens;
    let Some((step, rest)) = path.split_first() else { return Reached::Reference(operand.reference()) };
    match step {
        Step::Field(id, index) => field(context, operand, (*id, *index), rest),
        Step::Held => reach(context, &operand.held(), rest),
        Step::Inside => reach(context, &Operand::of(quote!(#tokens.0)), rest),
        Step::Present => then(context, quote!(#tokens.as_ref()), rest),
        Step::Only => {
            let rest = reach(context, &Operand::variable("only"), rest).option();
            Reached::Option(quote!(match #tokens.as_slice() { [only] => #rest, _ => None }))
        }
        Step::Item(0) => then(context, quote!(#tokens.first()), rest),
        Step::Item(index) => {
            let index = Literal::usize_unsuffixed(*index);
            then(context, quote!(#tokens.get(#index)), rest)
        }
        Step::Member(key) => then(context, quote!(#tokens.get(#key)), rest),
        Step::Variants(id, paths) => variants(context, operand, *id, paths),
    }
}

fn field(context: &Context<'_>, operand: &Operand, (id, index): (TypeId, usize), rest: &[Step]) -> Reached {
    let Shape::Struct(record) = &context.provider.get(id).shape else { return Reached::Option(quote!(None)) };
    let name = &name::fields(record)[index];
    let tokens = &operand.tokens;
    match (context.provider.presence(&record.fields[index]), rest) {
        (Presence::Required, rest) => reach(context, &Operand::of(quote!(#tokens.#name)), rest),
        (Presence::OptionalNullable, rest) => then(context, quote!(#tokens.#name.value()), rest),
        (Presence::RequiredNullable | Presence::Optional, [Step::Held]) => {
            Reached::Option(quote!(#tokens.#name.as_deref()))
        }
        (Presence::RequiredNullable | Presence::Optional, rest) => then(context, quote!(#tokens.#name.as_ref()), rest),
    }
}

/// On from an `Option` of a reference.
fn then(context: &Context<'_>, option: TokenStream, rest: &[Step]) -> Reached {
    Reached::Option(match reach(context, &Operand::variable("value"), rest) {
        _ if rest.is_empty() => option,
        Reached::Reference(reference) => quote!(#option.map(|value| #reference)),
        Reached::Option(next) => quote!(#option.and_then(|value| #next)),
    })
}

fn variants(context: &Context<'_>, operand: &Operand, id: TypeId, paths: &[(usize, Vec<Step>)]) -> Reached {
    let Shape::Union(union) = &context.provider.get(id).shape else { return Reached::Option(quote!(None)) };
    let names = name::variants(union);
    let ty = context.ty(&Type::Named(id), Here::ProviderImpls);
    let arms = paths.iter().map(|(index, path)| {
        let (name, rest) = (&names[*index], reach(context, &Operand::variable("value"), path).option());
        quote!(#ty::#name(value) => #rest,)
    });
    let reference = operand.reference();
    Reached::Option(quote!(match #reference { #(#arms)* _ => None, }))
}
