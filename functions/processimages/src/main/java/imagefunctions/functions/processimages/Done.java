package imagefunctions.functions.processimages;

import imagefunctions.functions.processimages.rules.Rule;
import java.util.Optional;

/** What became of a picture, and by which rule; by none if no rule takes it. */
record Done(Optional<Rule> rule, Outcome outcome) {}
