package imagefunctions.receiver;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A message as it is listed.
 *
 * @param url its path for whoever asked, behind the prefix of a proxy
 */
record ShownMessage(@JsonUnwrapped Message message, String url) {}
