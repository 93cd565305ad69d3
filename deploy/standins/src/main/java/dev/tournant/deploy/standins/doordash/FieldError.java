package dev.tournant.deploy.standins.doordash;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tournant.deploy.standins.core.Json;
import java.util.List;

/**
 * What is wrong with one field of a request.
 *
 * @param field the way to it from the top of the body, such as {@code menu.categories[0].items[2].price}
 * @param error what it should have been
 */
record FieldError(String field, String error) {

    static ArrayNode array(List<FieldError> errors) {
        return Json.array(errors.stream()
                .map(each -> Json.object().put("field", each.field()).put("error", each.error()))
                .toList());
    }
}
