// One walk over the tokens of a program: where statements end, which bracket belongs to which call, and which
// key a value stands behind.
//
//   if big:                       ->  the colon ends a header and is no key
//       model_id = "a/b"          ->  pair model_id, "a/b"
//   f(x ? "a/b" : "c/d")          ->  one argument: the colon belongs to the question mark
//   { Source.HUB: "a/b" }         ->  pair HUB, "a/b"

#include "scan/walker.h"

namespace howopen::scan {

void walk(Code& code) {
  Walker(code).run();
}

}  // namespace howopen::scan
