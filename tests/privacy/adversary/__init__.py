"""Somebody who wants to know who answered what, and reads everything that naastbot publishes.

What they know is more than any reader is likely to: every release of every period, the dialogues, the release rule
with the weights of its noise, who is in the team, who answered in which round, how people answer in general (the
prior), and the answers of one insider per role who tells them everything. What they don't know is what the others
answered, which follow-up somebody skipped, and the draws of the noise.

    trees           dialogues of every shape
    organisations   teams that answer by chance, period after period
    claims          what one published finding says about the people behind it, as a table of chances
    publishers      the real release rule, and the usual ones to compare it with
    certain         who is exposed beyond doubt: integer programming, exact
    guessing        how well everybody else can be guessed: Gibbs sampling of the posterior
    attack          all of it over many organisations, added up
    exhaustive      one finding, all cases
    false_members   who takes part many times over
    worth, trials   what the words are still worth, and the same rule with other numbers
    replaced        another kind of noise
    tables, scatter how it is shown
"""
