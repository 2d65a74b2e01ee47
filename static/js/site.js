// What every page does. A site that serves sends all of it as one file (`manage.py bundle`); a module beside it
// that needs one of these imports it from here, so that there is one of each.

import "./transitions.js";
import "./theme.js";
import "./bars.js";
import "./chosen.js";
import "./keys.js";
import "./times.js";
export { fail, join, say } from "./toast.js";
import "./copy.js";
import "./live.js";
import "./errors.js";
import "./more.js";
import "./menu.js";
import "./vote.js";
import "./join.js";
import "./app.js";
