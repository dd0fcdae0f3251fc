// Package supervision makes the monthly report of supervision of a city or the
// province: what was watched, how much of it could be judged, what was found, decided
// and recovered, and who is late. A report is data; its papers show it and add nothing.
package supervision
