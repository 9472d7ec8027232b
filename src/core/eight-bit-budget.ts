/**
 * How much larger the linear layers of a 4-bit dtype may become by those of them that take 8 bits, as a part of
 * their size. Which ones do is found out when a model is converted; before that, this much is reckoned with.
 */
export const EIGHT_BIT_BUDGET = 0.05;
