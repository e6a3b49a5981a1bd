// simdjson's on-demand reader on the same bytes and fields: the other twin of benchmarks.
#include "Parser.hpp"

using namespace simdjson;

namespace {

void fillOnDemand(vl_slot &slot, ondemand::value value) {
    switch (value.type().value_unsafe()) {
        case ondemand::json_type::string: {
            std::string_view text;
            if (value.get_string().get(text)) return;
            slot.start = reinterpret_cast<const uint8_t *>(text.data());
            slot.length = static_cast<uint32_t>(text.size());
            slot.kind = VL_STRING;
            break;
        }
        case ondemand::json_type::number:
            if (value.get_double().get(slot.bits)) return;
            slot.kind = VL_NUMBER;
            break;
        case ondemand::json_type::boolean: {
            bool flag;
            if (value.get_bool().get(flag)) return;
            slot.bits = flag;
            slot.kind = VL_BOOL;
            break;
        }
        default: break;
    }
}

bool readObject(ondemand::object object, vl_event *event, bool isData) {
    for (auto field : object) {
        std::string_view name;
        if (field.unescaped_key().get(name)) return false;
        int slot = isData ? memberSlot(name.data(), name.size()) : attributeSlot(name.data(), name.size());
        if (slot < 0) continue;
        ondemand::value value;
        if (field.value().get(value)) return false;
        if (slot == VL_DATA) {
            ondemand::object data;
            if (value.get_object().get(data) || !readObject(data, event, true)) return false;
        } else {
            fillOnDemand(event->slots[slot], value);
        }
    }
    return true;
}

}  // namespace

extern "C" size_t vl_parser_read_on_demand(vl_parser *self, const uint8_t *bytes, size_t length) {
    static thread_local ondemand::parser parser;
    if (self->buffer.size() < length + SIMDJSON_PADDING) self->buffer.resize(length + SIMDJSON_PADDING);
    std::memcpy(self->buffer.data(), bytes, length);
    ondemand::document document;
    if (parser.iterate(self->buffer.data(), length, self->buffer.size()).get(document)) return 0;
    ondemand::array array;
    if (document.get_array().get(array)) return 0;
    vl_event event;
    size_t count = 0;
    for (auto element : array) {
        ondemand::object object;
        if (element.get_object().get(object)) return 0;
        std::memset(&event, 0, sizeof event);
        if (!readObject(object, &event, false)) return 0;
        count += event.slots[VL_ID].kind == VL_STRING;
    }
    return count;
}
