package dev.tournant.adapter.signature;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.tournant.adapter.Signatures;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/** A time cannot be measured reliably in a test; which method compares can be read from the classes. */
@AnalyzeClasses(packages = "dev.tournant.adapter", importOptions = DoNotIncludeTests.class)
class ConstantTimeTest {
    @ArchTest
    static final ArchRule signaturesAndTokensAreComparedInConstantTime = classes()
            .that()
            .haveFullyQualifiedName(Signatures.class.getName())
            .should()
            .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
            .because("an ordinary comparison stops at the first difference, and its time tells where that is");

    @ArchTest
    static final ArchRule whatVerifiesUsesNoOtherComparison = noClasses()
            .that()
            .resideInAPackage("dev.tournant.adapter.signature")
            .should()
            .callMethod(String.class, "equals", Object.class)
            .orShould()
            .callMethod(String.class, "equalsIgnoreCase", String.class)
            .orShould()
            .callMethod(String.class, "contentEquals", CharSequence.class)
            .orShould()
            .callMethod(String.class, "compareTo", String.class)
            .orShould()
            .callMethod(Objects.class, "equals", Object.class, Object.class)
            .orShould()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .because("secrets and signatures are compared by Signatures.same only");
}
