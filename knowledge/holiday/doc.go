// Package holiday knows the official calendar of working days of China from 2007
// on, as the yearly papers of the State Council tell it, and makes rows of the
// reference table calendar of it. The papers' days are shipped, see ORIGIN.md;
// files of later years are read in the same form.
package holiday
