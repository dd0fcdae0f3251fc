// Package concentration proposes which institutions should recognize the faces of
// their inpatients: those in which the injured persons of a city, or what the fund is
// charged there, are concentrated (Shanxi Art. 26). It proposes by stated rules;
// people decide and load the column face_required of the table institutions.
package concentration
