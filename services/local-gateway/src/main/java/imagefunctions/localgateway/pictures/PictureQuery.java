package imagefunctions.localgateway.pictures;

import imagefunctions.runtime.Problem;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which picture is asked for, and what is to be made of it.
 *
 * @param parameters those of the function
 */
record PictureQuery(String function, String bucket, String key, Map<String, List<String>> parameters) {
    private static final String OBJECT = "object";
    /** How the parameters of workflows end that steer a run or ask about one. */
    private static final String STEERING = "-flow";

    /** Whether a URL asks for a picture. */
    static boolean isIn(String uri) {
        return new QueryStringDecoder(uri).parameters().containsKey(OBJECT);
    }

    static PictureQuery of(String function, String uri) {
        Map<String, List<String>> parameters = new TreeMap<>(new QueryStringDecoder(uri).parameters());
        List<String> objects = parameters.remove(OBJECT);
        String object = objects.size() == 1 ? objects.getFirst() : "";
        int slash = object.indexOf('/');
        if (slash < 1 || slash == object.length() - 1 || object.contains("://")) {
            throw new Problem.BadRequest("object must name one object of the store by its bucket and key, as in"
                            + " object=incoming/photo.jpg; pictures of other places are for POST, and for loadimages.")
                    .asException();
        }
        parameters.keySet().stream()
                .filter(name -> name.endsWith(STEERING))
                .findFirst()
                .ifPresent(name -> {
                    throw new Problem.BadRequest(name + " is about a run, and a GET with object only makes a picture:"
                                    + " POST it without object.")
                            .asException();
                });
        return new PictureQuery(function, object.substring(0, slash), object.substring(slash + 1), parameters);
    }

    /**
     * The strong entity tag of the answer (RFC 9110, 8.8.3): the same for the same source, function and parameters.
     *
     * @param source the tag of the object
     * @param version of the functions
     */
    String tag(String source, String version) {
        return "\"" + Hash.of(source, version, function, parameters.toString()) + "\"";
    }
}
