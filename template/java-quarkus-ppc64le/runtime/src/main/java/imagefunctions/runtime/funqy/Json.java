package imagefunctions.runtime.funqy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import imagefunctions.runtime.Problem;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.vertx.runtime.jackson.JsonArrayDeserializer;
import io.quarkus.vertx.runtime.jackson.JsonArraySerializer;
import io.quarkus.vertx.runtime.jackson.JsonObjectDeserializer;
import io.quarkus.vertx.runtime.jackson.JsonObjectSerializer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Type;

/**
 * The JSON of functions that take or give values: by the {@link ObjectMapper} of Quarkus' extension
 * {@code quarkus-jackson} if the application has that, otherwise by one with the same defaults. Functions of bytes never
 * load Jackson's classes, which would be an eighth of their AOT cache.
 */
final class Json {
    private final ObjectMapper mapper;

    Json() {
        InstanceHandle<ObjectMapper> own = Arc.container().instance(ObjectMapper.class);
        mapper = own.isAvailable() ? own.get() : withDefaults();
    }

    private static ObjectMapper withDefaults() {
        return JsonMapper.builder()
                .findAndAddModules()
                .addModule(new SimpleModule()
                        .addSerializer(JsonObject.class, new JsonObjectSerializer())
                        .addDeserializer(JsonObject.class, new JsonObjectDeserializer())
                        .addSerializer(JsonArray.class, new JsonArraySerializer())
                        .addDeserializer(JsonArray.class, new JsonArrayDeserializer()))
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
    }

    /** Reads the body of a function's call; a {@link Problem.BadRequest} is thrown if it cannot. */
    Object read(byte[] body, Type type, String function) {
        JavaType known = mapper.constructType(type);
        try {
            Object value = mapper.readValue(body, known);
            if (value == null) {
                throw new Problem.BadRequest("The body is JSON's null: send a value.").asException();
            }
            return value;
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new Problem.BadRequest("The body is not the JSON that " + function + " reads" + where + ": "
                            + e.getOriginalMessage())
                    .asException();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory failed", e);
        }
    }

    byte[] write(Object value) throws IOException {
        return mapper.writeValueAsBytes(value);
    }
}
