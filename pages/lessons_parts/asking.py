"""What a lecturer may ask on the page of a lesson: the lesson's own question."""

from course import LETTERS
from pages.lessons_parts.choices import LessonChoices
from pages.lessons_parts.watch import at_first
from rooms import Question
from words import say


def questions(choices: LessonChoices) -> list[Question]:
    """The question of the lesson, as long as its picture is the lesson's own: of another nothing is asked."""
    lesson = choices.what
    if not choices.untouched:
        return []
    options = tuple(f"{letter}  {say(text)}" for letter, text in zip(LETTERS, lesson.answers.values(), strict=False))
    truth = list(lesson.answers).index(lesson.right(at_first(choices.lesson)))
    return [Question(number=0, kind="choice", text=say(lesson.question), options=options, truth=truth)]
