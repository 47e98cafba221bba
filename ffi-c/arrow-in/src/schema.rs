//! From `struct ArrowSchema` to a field. The walk is as long as the limits say at most, whatever the pointers do.

use std::sync::Arc;

use arrow_schema::{DataType, Field, FieldRef, UnionFields};
use crossgrade::text::Shown;

use crate::error::Fault;
use crate::format::Format;
use crate::limits::{DEPTH, NODES, TEXTS};
use crate::metadata;
use crate::raw::RawSchema;

const FLAG_DICTIONARY_ORDERED: i64 = 1;
const FLAG_NULLABLE: i64 = 2;
const FLAG_MAP_KEYS_SORTED: i64 = 4;

/// The field that a schema describes.
pub(crate) fn field(schema: &RawSchema) -> Result<Field, Fault> {
    if schema.is_released() {
        return Err(Fault::new("it was released before"));
    }
    Walk { nodes: NODES - 1, texts: TEXTS }.field(schema, 0)
}

/// What may be read yet.
struct Walk {
    nodes: usize,
    texts: usize,
}

impl Walk {
    fn field(&mut self, schema: &RawSchema, depth: usize) -> Result<Field, Fault> {
        // A name that cannot be read names nothing; the parent says which child it is.
        let name = schema.name()?;
        self.named(schema, name, depth).map_err(|fault| match depth {
            0 => fault,
            1 => fault.in_column(name),
            _ => fault.in_field(name),
        })
    }

    fn named(&mut self, schema: &RawSchema, name: &str, depth: usize) -> Result<Field, Fault> {
        if depth == DEPTH {
            return Err(Fault::new(format!("types within types, more than {DEPTH} deep")));
        }
        let format = schema.format()?;
        self.texts = self.texts.checked_sub(name.len() + format.len()).ok_or_else(Fault::too_many_texts)?;
        let data_type = self.data_type(schema, format, depth)?;
        let field = Field::new(name, data_type, schema.flags & FLAG_NULLABLE != 0)
            .with_dict_is_ordered(schema.flags & FLAG_DICTIONARY_ORDERED != 0);
        match schema.metadata() {
            // SAFETY: metadata of a schema, by the interface.
            Some(first) => Ok(field.with_metadata(unsafe { metadata::read(first, &mut self.texts) }?)),
            None => Ok(field),
        }
    }

    fn data_type(&mut self, schema: &RawSchema, format: &str, depth: usize) -> Result<DataType, Fault> {
        let known = Format::read(format)?;
        let children = self.children(schema, format, known.children(), depth)?;
        let data_type = nested(known, children, schema.flags & FLAG_MAP_KEYS_SORTED != 0)?;
        let Some(dictionary) = schema.dictionary()? else { return Ok(data_type) };
        if !data_type.is_dictionary_key_type() {
            return Err(Fault::new(format!(
                "a dictionary with keys of format {}; expected integers",
                Shown::quoted(format)
            )));
        }
        self.count(1)?;
        let values = self.field(dictionary, depth + 1)?;
        Ok(DataType::Dictionary(Box::new(data_type), Box::new(values.data_type().clone())))
    }

    /// The children, whose number is compared with what the format allows before one of them is read.
    fn children(
        &mut self,
        schema: &RawSchema,
        format: &str,
        expected: Option<usize>,
        depth: usize,
    ) -> Result<Vec<FieldRef>, Fault> {
        let found = schema.n_children;
        let count = usize::try_from(found).ok().filter(|count| expected.is_none_or(|expected| expected == *count));
        let Some(count) = count else {
            let expected = expected.map_or_else(|| "0 or more".to_owned(), |expected| expected.to_string());
            let format = Shown::quoted(format);
            return Err(Fault::new(format!("its format {format} comes with {found} children; expected {expected}")));
        };
        self.count(count)?;
        let mut children = Vec::new();
        for index in 0..count {
            let child = schema.child(index).and_then(|child| self.field(child, depth + 1));
            let child = child.map_err(|fault| if depth == 0 { fault.at_index(index) } else { fault })?;
            children.push(Arc::new(child));
        }
        Ok(children)
    }

    fn count(&mut self, more: usize) -> Result<(), Fault> {
        let left = self.nodes.checked_sub(more);
        self.nodes = left.ok_or_else(|| {
            Fault::new(format!("it has more than {NODES} columns and types within them; expected at most that"))
        })?;
        Ok(())
    }
}

fn nested(format: Format, children: Vec<FieldRef>, keys_are_sorted: bool) -> Result<DataType, Fault> {
    let type_of = |child: &FieldRef| Shown::new(&child.data_type().to_string()).to_string();
    Ok(match (format, &*children) {
        (Format::Leaf(data_type), _) => data_type,
        (Format::Struct, _) => DataType::Struct(children.into()),
        (Format::List, [items]) => DataType::List(Arc::clone(items)),
        (Format::LargeList, [items]) => DataType::LargeList(Arc::clone(items)),
        (Format::ListView, [items]) => DataType::ListView(Arc::clone(items)),
        (Format::LargeListView, [items]) => DataType::LargeListView(Arc::clone(items)),
        (Format::FixedSizeList(size), [items]) => DataType::FixedSizeList(Arc::clone(items), size),
        (Format::Map, [entries]) => match entries.data_type() {
            DataType::Struct(fields) if fields.len() == 2 => DataType::Map(Arc::clone(entries), keys_are_sorted),
            _ => return Err(Fault::new(format!("a map of {}; expected a struct of key and value", type_of(entries)))),
        },
        (Format::RunEndEncoded, [ends, values]) => match ends.data_type() {
            DataType::Int16 | DataType::Int32 | DataType::Int64 => {
                DataType::RunEndEncoded(Arc::clone(ends), Arc::clone(values))
            }
            _ => {
                let found = type_of(ends);
                return Err(Fault::new(format!("ends of runs of type {found}; expected Int16, Int32 or Int64")));
            }
        },
        (Format::Union(mode, ids), _) => {
            let fields = UnionFields::try_new(ids, children).map_err(|error| Fault::new(error.to_string()))?;
            DataType::Union(fields, mode)
        }
        // The number of children was compared with the format.
        (_, children) => return Err(Fault::new(format!("it has {} children", children.len()))),
    })
}
