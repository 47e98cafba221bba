//! Elements end, and devices with them.

use super::super::device_place::Place;
use super::super::heard_element::Heard;
use super::super::risport_device::Device;
use super::super::risport_field::DeviceField;
use super::{Answer, Frame};
use crate::inventory::{InventoryError, InventoryField, limits};

impl Answer {
    /// The element that began last ends. An error if it is one device more than is read.
    pub(in crate::inventory::risport) fn close(&mut self) -> Result<(), InventoryError> {
        self.say_kept();
        if let Some(Place::Field(field) | Place::Stray(field)) = self.place() {
            let said = self.frames.last_mut().and_then(|frame| frame.said.take());
            self.say_of_device(field, said);
            self.frames.pop();
            return Ok(());
        }
        let Some(mut frame) = self.frames.pop() else { return Ok(()) };
        self.say_foreign(&frame);
        match frame.place {
            Place::Fault => {
                let has_ended = self.place() != Some(Place::Fault);
                let is_nothing = frame.said.as_ref().is_some_and(|said| said.text().is_empty());
                self.say(Place::Fault, frame.said.take());
                if has_ended && self.fault.len() == self.faults_before && !is_nothing {
                    let without_text = (!self.is_json).then(|| "a fault without a text".to_owned());
                    self.fault.extend(self.detail.take().or(without_text));
                }
            }
            Place::Device | Place::Around | Place::Root | Place::Node | Place::Inside => {
                if let (Place::Inside, Some(Heard::TooLong { beginning, found })) = (frame.place, &frame.said)
                    && let Some(device) = self.frames.iter_mut().rev().find(|frame| frame.place == Place::Device)
                    && let Some(device) = &mut device.device
                {
                    device.say_too_long(None, beginning, *found);
                }
                return self.close_device(frame, false);
            }
            place => self.say(place, frame.said.take()),
        }
        Ok(())
    }

    /// What may be a device ends, completely or because the answer does.
    pub(super) fn close_device(&mut self, mut frame: Frame, is_cut: bool) -> Result<(), InventoryError> {
        let foreign = frame.foreign.take().filter(|foreign| foreign.is_device);
        if let Some(foreign) =
            foreign.filter(|_| !frame.device.as_ref().is_some_and(|device| is_device(&frame, device)))
        {
            self.foreign.0 += 1;
            if self.foreign.0 == 1 {
                self.foreign.1 = foreign.said;
            }
        }
        let parts = std::mem::take(&mut frame.parts);
        if frame.device.is_none() && (frame.key.is_some() && !parts.is_empty()) {
            frame.device = Some(Box::new(Device::new(self.node())));
        }
        if let (Some(key), Some(device)) = (frame.key.take(), &mut frame.device)
            && !device.is_named()
        {
            device.say(DeviceField::Name, &key);
        }
        match (&mut frame.device, <[Device; 1]>::try_from(parts)) {
            (Some(device), Ok([part])) if device.is_named() => device.take_over(part),
            (_, Ok(part)) => part.into_iter().try_for_each(|part| self.push_part(part))?,
            (_, Err(parts)) => parts.into_iter().try_for_each(|part| self.push_part(part))?,
        }
        let Some(mut device) = frame.device.take() else { return Ok(()) };
        let is_stray = frame.place != Place::Device;
        // Programs keep what RisPort says of a device under a key of its own: `{"name": "...", "ris": {...}}`.
        let is_part = frame.is_member && is_stray && !is_cut && !device.is_named() && device.is_unmistakable();
        if let (true, Some(around)) = (is_part, self.frames.last_mut()) {
            around.parts.push(*device);
            return Ok(());
        }
        if !is_device(&frame, &device) {
            let is_of_around =
                frame.is_part && !is_cut && !device.is_named() && !device.others.has(InventoryField::Mac);
            if is_of_around && let Some(around) = self.device_of_object() {
                around.take_over(*device);
                return Ok(());
            }
            // What has no name is a part of something else, such as the status of a line.
            if frame.place != Place::Inside && device.is_named() {
                device.texts(!frame.place.is_of_node()).for_each(|text| self.text_astray(text));
            }
            return Ok(());
        }
        let is_empty = !is_cut && !is_stray && !device.says_anything();
        if is_empty {
            // A wrapper of devices.
            if frame.has_devices && frame.said.is_none() {
                return Ok(());
            }
            let entry = frame.entry.unwrap_or_default();
            if self.has_references && entry.size() == 0 {
                return Ok(());
            }
            if !self.short.is_row(entry.size()) {
                return Ok(());
            }
            device.is_none(entry.text());
        } else if let Some(said) = frame.said {
            self.text_astray(said.text());
        }
        if is_cut {
            device.cut();
        }
        // A record by itself stands in no node.
        if is_stray && frame.place.is_of_node() && device.node_name.is_none() {
            device.node = self.node_named("");
        }
        self.push_device(*device, is_stray)
    }

    /// A part that belongs to no device around it is one by itself.
    pub(super) fn push_part(&mut self, part: Device) -> Result<(), InventoryError> {
        self.push_device(part, true)
    }

    pub(super) fn push_device(&mut self, mut device: Device, is_stray: bool) -> Result<(), InventoryError> {
        if let Some(name) = device.node_name.take() {
            device.node = self.node_named(&name);
        }
        self.strays += u64::from(is_stray);
        device.is_of_risport = !self.is_json || self.is_said || !is_stray || device.signs.are_enough();
        self.unread.take_over(std::mem::take(&mut device.unread));
        device.row = self.devices.len() as u64 + 1;
        limits::check_rows(device.row - 1, device.row)?;
        let bytes = (self.devices.len() + 1) * size_of::<Device>();
        self.devices.try_reserve(1).map_err(|_| InventoryError::Memory { bytes })?;
        self.devices.push(device);
        self.frames.iter_mut().for_each(|frame| frame.has_devices = true);
        Ok(())
    }

    /// There is nothing more: a device that is not complete is a row too.
    pub(in crate::inventory::risport) fn end(&mut self) -> Result<(), InventoryError> {
        while let Some(frame) = self.frames.pop() {
            // What is around a device says nothing of its own.
            let is_around = frame.has_devices && frame.device.as_ref().is_some_and(|device| !device.says_anything());
            if !is_around {
                self.close_device(frame, true)?;
            }
        }
        Ok(())
    }
}

/// Whether what ends is a device.
fn is_device(frame: &Frame, device: &Device) -> bool {
    match frame.place {
        Place::Device => true,
        Place::Inside => device.is_named() || device.is_unmistakable(),
        // Nodes and whole answers have names too.
        _ => {
            let is_around = frame.has_list || frame.has_devices;
            device.is_unmistakable() || !is_around && device.is_named() && device.says_more_than_name()
        }
    }
}
