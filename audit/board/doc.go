// Package board sums up what stands, for supervisors and alarms: findings by city,
// rule and state with their amounts, what was decided and how long it took, what is
// overdue, which institutions are silent, and what is evaluated at all. Everything is
// counted anew from facts and journal, so that a restart loses nothing and every
// process tells the same. Labels are bounded: cities (at most MaxCities), rules,
// severities and states; never an institution, a person or a stay.
package board
