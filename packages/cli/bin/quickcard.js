#!/usr/bin/env node
// In the repository, unlike what is built: npm links a command at installation, and a fresh clone is built afterwards.
import "../dist/main.js";
